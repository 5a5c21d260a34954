"""Modules that hold modules."""
from torch.nn import Module, Parameter


def _renumber(holder, modules=None):
    """Names the modules of a holder by their places."""
    found = list(holder._modules.values()) if modules is None else modules
    holder._modules.clear()
    for at, module in enumerate(found):
        holder._modules[str(at)] = module


class Sequential(Module):
    def __init__(self, *args):
        super().__init__()
        if len(args) == 1 and isinstance(args[0], dict):
            for name, module in args[0].items():
                self.add_module(name, module)
        else:
            for at, module in enumerate(args):
                self.add_module(str(at), module)

    def __getitem__(self, at):
        if isinstance(at, slice):
            return type(self)(dict(list(self._modules.items())[at]))
        return list(self._modules.values())[at]

    def __setitem__(self, at, module):
        self._modules[list(self._modules)[at]] = module

    def __delitem__(self, at):
        names = list(self._modules)[at]
        for name in names if isinstance(at, slice) else [names]:
            del self._modules[name]
        _renumber(self)

    def pop(self, at):
        module = self[at]
        del self[at]
        return module

    def insert(self, at, module):
        modules = list(self)
        modules.insert(at, module)
        _renumber(self, modules)
        return self

    def __add__(self, other):
        return Sequential(*self, *other)

    def __iadd__(self, other):
        return self.extend(other)

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules.values())

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def extend(self, modules):
        for module in modules:
            self.append(module)
        return self

    def forward(self, input):
        for module in self:
            input = module(input)
        return input


class ModuleList(Module):
    def __init__(self, modules=None):
        super().__init__()
        self.extend(modules or [])

    def _name(self, at):
        return str(at if at >= 0 else at + len(self))

    def __getitem__(self, at):
        if isinstance(at, slice):
            return type(self)(list(self._modules.values())[at])
        if not -len(self) <= at < len(self):
            raise IndexError(f"index {at} is out of range")
        return self._modules[self._name(at)]

    def __setitem__(self, at, module):
        self._modules[self._name(at)] = module

    def __delitem__(self, at):
        modules = list(self)
        del modules[at]
        _renumber(self, modules)

    def pop(self, at):
        module = self[at]
        del self[at]
        return module

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules.values())

    def __add__(self, other):
        return ModuleList(list(self) + list(other))

    def __iadd__(self, other):
        return self.extend(other)

    def append(self, module):
        self.add_module(str(len(self)), module)
        return self

    def insert(self, at, module):
        modules = list(self)
        modules.insert(at, module)
        _renumber(self, modules)

    def extend(self, modules):
        for module in modules:
            self.append(module)
        return self


class ModuleDict(Module):
    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.update(modules)

    def __getitem__(self, key):
        return self._modules[key]

    def __setitem__(self, key, module):
        self.add_module(key, module)

    def __delitem__(self, key):
        del self._modules[key]

    def pop(self, key):
        return self._modules.pop(key)

    def clear(self):
        self._modules.clear()

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules)

    def __contains__(self, key):
        return key in self._modules

    def keys(self):
        return self._modules.keys()

    def items(self):
        return self._modules.items()

    def values(self):
        return self._modules.values()

    def update(self, modules):
        pairs = modules.items() if hasattr(modules, "items") else modules
        for key, module in pairs:
            self.add_module(key, module)


class ParameterList(Module):
    def __init__(self, values=None):
        super().__init__()
        for value in values or []:
            self.append(value)

    def __getitem__(self, at):
        if isinstance(at, slice):
            return list(self._parameters.values())[at]
        return self._parameters[str(at if at >= 0 else at + len(self))]

    def __setitem__(self, at, value):
        self._parameters[str(at if at >= 0 else at + len(self))] = value

    def __len__(self):
        return len(self._parameters)

    def __iter__(self):
        return iter(self._parameters.values())

    def append(self, value):
        self.register_parameter(str(len(self)), Parameter(value))
        return self

    def extend(self, values):
        for value in values:
            self.append(value)
        return self


class ParameterDict(Module):
    def __init__(self, parameters=None):
        super().__init__()
        for key, value in (parameters or {}).items():
            self[key] = value

    def __getitem__(self, key):
        return self._parameters[key]

    def __setitem__(self, key, value):
        self.register_parameter(key, Parameter(value))

    def __len__(self):
        return len(self._parameters)

    def __iter__(self):
        return iter(self._parameters)

    def __contains__(self, key):
        return key in self._parameters

    def keys(self):
        return self._parameters.keys()

    def items(self):
        return self._parameters.items()

    def values(self):
        return self._parameters.values()


class DataParallel(Module):
    def __init__(self, module, device_ids=None, output_device=None, dim=0, **kwargs):
        super().__init__()
        self.module = module

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)


class DistributedDataParallel(DataParallel):
    pass
