"""`torch.backends`: how fast it would be on other machines."""


class _Backend:
    enabled = False
    benchmark = False
    deterministic = True
    allow_tf32 = False

    def is_available(self):
        return False

    def is_built(self):
        return False

    def enable_flash_sdp(self, *args):
        return None

    def enable_mem_efficient_sdp(self, *args):
        return None

    def enable_math_sdp(self, *args):
        return None


cudnn = _Backend()
mkldnn = _Backend()
mps = _Backend()
cuda = _Backend()
cuda.matmul = _Backend()
mkl = _Backend()
openmp = _Backend()
quantized = _Backend()
quantized.engine = "none"
quantized.supported_engines = ["none"]
