"""The base of every network: it keeps parameters, buffers and modules by their names."""
from torch._native import call_module
from torch.nn import Parameter


class Module:
    training = False
    _parameters = {}
    _buffers = {}
    _modules = {}
    _non_persistent_buffers_set = ()
    _forward_pre_hooks = {}
    _forward_hooks = {}

    def __init__(self, *args, **kwargs):
        keep = object.__setattr__
        keep(self, "_parameters", {})
        keep(self, "_buffers", {})
        keep(self, "_modules", {})
        keep(self, "_non_persistent_buffers_set", set())
        keep(self, "_forward_pre_hooks", {})
        keep(self, "_forward_hooks", {})

    def __getattr__(self, name):
        for kept in (self._parameters, self._buffers, self._modules):
            if name in kept:
                return kept[name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name, value):
        kept = (self._parameters, self._buffers, self._modules)
        if isinstance(value, Parameter):
            place = self._parameters
        elif isinstance(value, Module):
            place = self._modules
        else:
            place = None
            for one in kept:
                if name in one:
                    place = one
        if place is None:
            object.__setattr__(self, name, value)
            return
        if "_modules" not in self.__dict__:
            raise AttributeError("cannot assign before Module.__init__() call")
        for one in kept:
            if one is not place:
                one.pop(name, None)
        self.__dict__.pop(name, None)
        place[name] = value

    def __delattr__(self, name):
        for kept in (self._parameters, self._buffers, self._modules):
            if name in kept:
                del kept[name]
                return
        object.__delattr__(self, name)

    def _name(self):
        """Tells every module where it stands, once all are there."""
        for path, module in self.named_modules():
            object.__setattr__(module, "_path", path)

    def __call__(self, *args, **kwargs):
        return call_module(self, args, kwargs)

    def _run(self, args, kwargs):
        for hook in self._forward_pre_hooks.values():
            changed = hook(self, args)
            if changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
        result = self.forward(*args, **kwargs)
        for hook in self._forward_hooks.values():
            changed = hook(self, args, result)
            if changed is not None:
                result = changed
        return result

    def forward(self, *args, **kwargs):
        raise NotImplementedError(f"{type(self).__name__} has no forward")

    def register_parameter(self, name, param):
        self._parameters[name] = param

    def register_buffer(self, name, tensor, persistent=True):
        self._buffers[name] = tensor
        if not persistent:
            self._non_persistent_buffers_set.add(name)

    def add_module(self, name, module):
        self._modules[name] = module

    def register_module(self, name, module):
        self._modules[name] = module

    def register_forward_pre_hook(self, hook, **kwargs):
        self._forward_pre_hooks[len(self._forward_pre_hooks)] = hook

    def register_forward_hook(self, hook, **kwargs):
        self._forward_hooks[len(self._forward_hooks)] = hook

    def get_submodule(self, target):
        module = self
        for name in target.split("."):
            if name:
                module = getattr(module, name)
        return module

    def get_parameter(self, target):
        path, _, name = target.rpartition(".")
        return self.get_submodule(path)._parameters[name]

    def children(self):
        for _, module in self.named_children():
            yield module

    def named_children(self):
        seen = []
        for name, module in self._modules.items():
            if module is not None and not any(module is one for one in seen):
                seen.append(module)
                yield name, module

    def modules(self):
        for _, module in self.named_modules():
            yield module

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        memo = [] if memo is None else memo
        if any(self is one for one in memo):
            return
        memo.append(self)
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(memo, f"{prefix}.{name}" if prefix else name)

    def _named(self, kind, prefix, recurse):
        modules = self.named_modules(prefix=prefix) if recurse else [(prefix, self)]
        for path, module in modules:
            for name, value in getattr(module, kind).items():
                if value is not None:
                    yield (f"{path}.{name}" if path else name), value

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        yield from self._named("_parameters", prefix, recurse)

    def parameters(self, recurse=True):
        for _, value in self.named_parameters(recurse=recurse):
            yield value

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        yield from self._named("_buffers", prefix, recurse)

    def buffers(self, recurse=True):
        for _, value in self.named_buffers(recurse=recurse):
            yield value

    def state_dict(self, prefix=""):
        """Everything that is saved; a module that is used twice is there twice, as torch saves it."""
        found = {}
        for name, value in self._parameters.items():
            if value is not None:
                found[prefix + name] = value
        for name, value in self._buffers.items():
            if value is not None and name not in self._non_persistent_buffers_set:
                found[prefix + name] = value
        for name, module in self._modules.items():
            if module is not None:
                found.update(module.state_dict(f"{prefix}{name}."))
        return found

    def load_state_dict(self, state_dict, strict=True):
        return None

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def train(self, mode=True):
        return self

    def eval(self):
        return self

    def to(self, *args, **kwargs):
        return self

    def cpu(self):
        return self

    def cuda(self, device=None):
        return self

    def float(self):
        return self

    def requires_grad_(self, requires_grad=True):
        return self

    def zero_grad(self, set_to_none=True):
        return None

    def extra_repr(self):
        return ""
