"""`torch.nn.utils.parametrize`: parameters that are computed of others whenever they are asked for."""
from torch.nn import Module, ModuleDict, Parameter


class ParametrizationList(Module):
    """What a parameter is computed of, and how, one step after the other."""

    def __init__(self, modules, original):
        super().__init__()
        self.count = 0
        for module in modules:
            self.append(module)
        stored = original
        for module in reversed(modules):
            if hasattr(module, "right_inverse"):
                stored = module.right_inverse(stored)
        self.is_many = isinstance(stored, (tuple, list))
        if self.is_many:
            for at, value in enumerate(stored):
                self.register_parameter(f"original{at}", Parameter(value))
        else:
            self.register_parameter("original", Parameter(stored))

    def append(self, module):
        self.add_module(str(self.count), module)
        self.count += 1

    def __len__(self):
        return self.count

    def __getitem__(self, at):
        return self._modules[str(at)]

    def forward(self):
        first, *others = self._modules.values()
        value = first(*self._parameters.values())
        for module in others:
            value = module(value)
        return value


def register_parametrization(module, tensor_name, parametrization, unsafe=False):
    if "parametrizations" not in module._modules:
        module.parametrizations = ModuleDict()
    held = module.parametrizations
    if tensor_name in held:
        held[tensor_name].append(parametrization)
    else:
        original = module._parameters.pop(tensor_name)
        held[tensor_name] = ParametrizationList([parametrization], original)

    def compute(module, inputs):
        object.__setattr__(module, tensor_name, module.parametrizations[tensor_name]())

    module.__dict__.setdefault("_forward_pre_hooks", {})["parametrize " + tensor_name] = compute
    return module


def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    module._forward_pre_hooks.pop("parametrize " + tensor_name, None)
    held = module.parametrizations[tensor_name]
    if held.is_many and not leave_parametrized:
        raise ValueError("What is kept of several tensors cannot be left as one")
    value = held() if leave_parametrized else held.original
    del module.parametrizations[tensor_name]
    if len(module.parametrizations) == 0:
        del module._modules["parametrizations"]
    module.__dict__.pop(tensor_name, None)
    setattr(module, tensor_name, Parameter(value))
    return module


def is_parametrized(module, tensor_name=None):
    held = module._modules.get("parametrizations", {})
    return len(held) > 0 if tensor_name is None else tensor_name in held


class cached:
    def __enter__(self):
        return self

    def __exit__(self, *about):
        return False
