import { expect, it } from 'vitest';
import { parsePlacement } from './placement';

it('finds the nodes that ONNX Runtime says it left on the CPU', () => {
  const line = (text: string) =>
    `2026-11-21 02:09:12 [V:onnxruntime:, session_state.cc:1385 VerifyEachNodeIsAssignedToAnEp]  ${text}`;
  const log = [
    line('Node(s) placed on [WebGpuExecutionProvider]. Number of nodes: 2'),
    line(' Cast ()'),
    line(' MemcpyFromHost (Memcpy)'),
    line('Node(s) placed on [CPUExecutionProvider]. Number of nodes: 2'),
    line(' QuantizeLinear ()'),
    line(' MatMulInteger (fc1)'),
    line(' Pad (inkling:y:x)'),
    '2026-11-21 02:09:12 [I:onnxruntime:, inference_session.cc:1922 TransformGraph] Running graph optimizations (Level : 1)',
  ];
  expect(parsePlacement(log)).toEqual(['QuantizeLinear', 'MatMulInteger (fc1)']);
});
