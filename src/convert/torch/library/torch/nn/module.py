"""The base of every network: it keeps parameters, buffers and modules by their names."""
from torch._native import call_module, get_attribute, set_attribute


class Module:
    training = False
    _parameters = {}
    _buffers = {}
    _modules = {}
    _non_persistent_buffers_set = ()

    def __init__(self, *args, **kwargs):
        keep = object.__setattr__
        keep(self, "_parameters", {})
        keep(self, "_buffers", {})
        keep(self, "_modules", {})
        keep(self, "_non_persistent_buffers_set", set())

    __getattr__ = get_attribute
    __setattr__ = set_attribute
    __call__ = call_module

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

    def _hook(self, kind, hook):
        hooks = self.__dict__.setdefault(kind, {})
        hooks[len(hooks)] = hook
        return _Handle(hooks, len(hooks) - 1)

    def register_forward_pre_hook(self, hook, **kwargs):
        return self._hook("_forward_pre_hooks", hook)

    def register_forward_hook(self, hook, **kwargs):
        return self._hook("_forward_hooks", hook)

    def register_full_backward_hook(self, hook, **kwargs):
        return _Handle({}, 0)

    def get_submodule(self, target):
        module = self
        for name in target.split("."):
            if name:
                module = getattr(module, name)
        return module

    def get_parameter(self, target):
        path, _, name = target.rpartition(".")
        return self.get_submodule(path)._parameters[name]

    def get_buffer(self, target):
        path, _, name = target.rpartition(".")
        return self.get_submodule(path)._buffers[name]

    def children(self):
        for _, module in self.named_children():
            yield module

    def named_children(self):
        seen = set()
        for name, module in self._modules.items():
            if module is not None and module not in seen:
                seen.add(module)
                yield name, module

    def modules(self):
        for _, module in self.named_modules():
            yield module

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        memo = set() if memo is None else memo
        if self in memo:
            return
        if remove_duplicate:
            memo.add(self)
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(memo, f"{prefix}.{name}" if prefix else name, remove_duplicate)

    def _named(self, kind, prefix, recurse):
        modules = self.named_modules(prefix=prefix) if recurse else [(prefix, self)]
        for path, module in modules:
            for name, value in getattr(module, kind).items():
                if value is not None:
                    yield (f"{path}.{name}" if path else name), value

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        seen = []
        for name, value in self._named("_parameters", prefix, recurse):
            if not remove_duplicate or not any(value is one for one in seen):
                seen.append(value)
                yield name, value

    def parameters(self, recurse=True):
        for _, value in self._named("_parameters", "", recurse):
            yield value

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        yield from self._named("_buffers", prefix, recurse)

    def buffers(self, recurse=True):
        for _, value in self._named("_buffers", "", recurse):
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

    def load_state_dict(self, state_dict, strict=True, assign=False):
        return None

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def zero_grad(self, set_to_none=True):
        return None

    def extra_repr(self):
        return ""

    def _get_name(self):
        return type(self).__name__

    def _same(self, *args, **kwargs):
        """Where it is kept, and whether it learns, changes nothing of what it computes."""
        return self

    train = eval = to = cpu = cuda = float = half = double = bfloat16 = requires_grad_ = share_memory = _same


class _Handle:
    def __init__(self, hooks, key):
        self.hooks = hooks
        self.key = key

    def remove(self):
        self.hooks.pop(self.key, None)
