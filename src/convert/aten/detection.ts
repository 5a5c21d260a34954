import { Gap } from '../gap';
import { aten } from '../operators/aten';
import { unsqueeze } from '../parts/rearrange';
import type { Tape } from '../tape/tape';
import type { Tensor } from '../tape/tensor';

/** What detectors do with boxes, as torchvision writes it. */
export default aten({
  'torchvision::nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor': (
    tape,
    { dets, scores, iou_threshold },
  ) => {
    const all = tape.constant('int64', [1], [2 ** 31 - 1]);
    const boxes = unsqueeze(tape, dets, 0);
    const ranks = unsqueeze(tape, unsqueeze(tape, scores, 0), 0);
    const overlap = tape.constant('float32', [1], [iou_threshold]);
    // Batch, class and place of each that is kept.
    const kept = tape.node('NonMaxSuppression', [boxes, ranks, all, overlap], {}, { sizes: [null, 3] });
    return column(tape, kept, 2);
  },
  'torchvision::roi_align(Tensor input, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt pooled_width, int sampling_ratio, bool aligned) -> Tensor':
    (tape, args) => {
      const { pooled_height: height, pooled_width: width } = args;
      if (typeof height !== 'number' || typeof width !== 'number')
        throw new Gap('regions of a size known only when the model runs');
      const image = tape.cast(column(tape, args.rois, 0), 'int64');
      const boxes = tape.node('Slice', [args.rois, [1], [5], [1]]);
      const attributes = {
        ...{ output_height: height, output_width: width, sampling_ratio: Math.max(0, args.sampling_ratio) },
        spatial_scale: { float: args.spatial_scale },
        coordinate_transformation_mode: args.aligned ? 'half_pixel' : 'output_half_pixel',
      };
      const sizes = [args.rois.size(0), args.input.size(1), height, width];
      return tape.node('RoiAlign', [args.input, boxes, image], attributes, { sizes });
    },
});

function column(tape: Tape, rows: Tensor, at: number): Tensor {
  return tape.node('Gather', [rows, tape.constant('int64', [], [at])], { axis: 1 });
}
