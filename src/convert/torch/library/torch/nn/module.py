"""The base of every network: it keeps parameters, buffers and modules by their names."""
import torch
from torch._native import call_module, get_attribute, set_attribute


_running = []


def _is_running():
    """Whether the network is made, and computes what it gives."""
    return len(_running) > 0


class Module:
    training = True
    _parameters = {}
    _buffers = {}
    _modules = {}
    _non_persistent_buffers_set = ()

    def __init__(self, *args, **kwargs):
        keep = object.__setattr__
        keep(self, "training", True)
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

    def _begin(self):
        """Lets the network evaluate, and tells every module where it stands, once all are there."""
        self.eval()
        _running.append(self)
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
        handle = _Handle(hooks)
        hooks[handle] = hook
        return handle

    def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
        return self._hook("_forward_pre_hooks", _plain(hook, prepend, with_kwargs))

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
        return self._hook("_forward_hooks", _plain(hook, prepend, with_kwargs))

    def register_full_backward_hook(self, hook, **kwargs):
        return _Handle({})

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

    def _named(self, kind, prefix, recurse, remove_duplicate):
        modules = self.named_modules(prefix=prefix) if recurse else [(prefix, self)]
        seen = set()
        for path, module in modules:
            for name, value in getattr(module, kind).items():
                if value is not None and (not remove_duplicate or id(value) not in seen):
                    seen.add(id(value))
                    yield (f"{path}.{name}" if path else name), value

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        yield from self._named("_parameters", prefix, recurse, remove_duplicate)

    def parameters(self, recurse=True):
        for _, value in self.named_parameters("", recurse):
            yield value

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        yield from self._named("_buffers", prefix, recurse, remove_duplicate)

    def buffers(self, recurse=True):
        for _, value in self.named_buffers("", recurse):
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

    def train(self, mode=True):
        if mode and _is_running():
            raise NotImplementedError("a module that is trained while it computes")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def _same(self, *args, **kwargs):
        """Where it is kept, and whether it learns, changes nothing of what it computes."""
        return self

    cpu = cuda = requires_grad_ = share_memory = _same

    def to(self, *args, **kwargs):
        for given in (*args, *kwargs.values()):
            dtype = getattr(given, "dtype", given)
            if getattr(dtype, "is_floating_point", None) is True:
                self._convert(dtype)
        return self

    def _convert(self, dtype):
        """Lets parameters and buffers that hold fractions hold them in another dtype."""
        for module in self.modules():
            for held in (module._parameters, module._buffers):
                for value in held.values():
                    if value is not None and value.is_floating_point() and value.dtype != dtype:
                        value.data = value.data.to(dtype)
        return self

    def type(self, dst_type):
        return self._convert(dst_type)

    def float(self):
        return self._convert(torch.float32)

    def half(self):
        return self._convert(torch.float16)

    def double(self):
        return self._convert(torch.float64)

    def bfloat16(self):
        return self._convert(torch.bfloat16)


def _plain(hook, prepend, with_kwargs):
    if prepend or with_kwargs:
        raise NotImplementedError("a hook that comes before others, or takes keywords")
    return hook


class _Handle:
    def __init__(self, hooks):
        self.hooks = hooks

    def remove(self):
        self.hooks.pop(self, None)
