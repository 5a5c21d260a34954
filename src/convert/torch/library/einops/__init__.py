"""einops: dimensions by names. https://einops.rocks/api/rearrange"""
import torch


def _words(side):
    """A side of a pattern: names, `...`, and lists of names that stand in brackets."""
    parts, group, word = [], None, ""
    for letter in side.replace("...", "…") + " ":
        if letter.isalnum() or letter in "_…":
            word += letter
            continue
        if word:
            (parts if group is None else group).append(word)
            word = ""
        if letter == "(":
            group = []
        elif letter == ")":
            parts.append(group)
            group = None
        elif letter != " ":
            raise ValueError(f"unexpected {letter} in a pattern")
    return parts


def _flat(parts):
    return [name for part in parts for name in (part if isinstance(part, list) else [part])]


class _Plan:
    """A pattern with the sizes that it names, for one tensor."""

    def __init__(self, tensor, pattern, sizes, adds=False):
        left, right = pattern.split("->")
        self.left, self.right = _words(left), _words(right)
        self.sizes = dict(sizes)
        self._spread(tensor)
        self._measure(tensor, self.left)
        self.tensor = tensor.reshape(*[self.sizes[name] for name in _flat(self.left)])
        for name in _flat(self.right):
            if name.isdigit():
                self.sizes[name] = int(name)

    def _spread(self, tensor):
        """Gives the dimensions that `...` stands for names of their own."""
        if "…" not in self.left:
            return
        count = tensor.dim() - len(self.left) + 1
        names = [f"…{at}" for at in range(count)]
        self.left = self._replaced(self.left, names)
        self.right = self._replaced(self.right, names)

    def _replaced(self, parts, names):
        result = []
        for part in parts:
            if part == "…":
                result += names
            elif isinstance(part, list):
                result.append(self._replaced(part, names))
            else:
                result.append(part)
        return result

    def _measure(self, tensor, parts):
        if len(parts) != tensor.dim():
            raise ValueError(f"a pattern of {len(parts)} dimensions for a tensor of {tensor.dim()}")
        for part, size in zip(parts, tensor.shape):
            if not isinstance(part, list):
                self.sizes[part] = size
                continue
            known, unknown = 1, None
            for name in part:
                if name == "1":
                    self.sizes[name] = 1
                elif name in self.sizes:
                    known = known * self.sizes[name]
                else:
                    unknown = name
            if unknown is not None:
                self.sizes[unknown] = size // known

    def ordered(self, tensor, names):
        """The tensor with its named dimensions in the order of the right side, and brackets joined."""
        order = [name for name in _flat(self.right) if name in names and not name.isdigit()]
        tensor = tensor.permute(*[names.index(name) for name in order])
        for at, name in enumerate(_flat(self.right)):
            if name == "1":
                tensor = tensor.unsqueeze(at)
        return self.joined(tensor)

    def joined(self, tensor):
        if not any(isinstance(part, list) for part in self.right):
            return tensor
        sizes = []
        for part in self.right:
            size = 1
            for name in part if isinstance(part, list) else [part]:
                size = size * self.sizes.get(name, 1)
            sizes.append(size)
        return tensor.reshape(*sizes)


def _names(plan):
    """The dimensions of the taken-apart tensor; those of size 1 are gone after `squeezed`."""
    return _flat(plan.left)


def _squeezed(plan):
    names = _names(plan)
    tensor = plan.tensor
    for at in reversed(range(len(names))):
        if names[at] == "1":
            tensor = tensor.squeeze(at)
    return tensor, [name for name in names if name != "1"]


def rearrange(tensor, pattern, **axes_lengths):
    if isinstance(tensor, (list, tuple)):
        tensor = torch.stack(list(tensor))
    plan = _Plan(tensor, pattern, axes_lengths)
    tensor, names = _squeezed(plan)
    return plan.ordered(tensor, names)


def reduce(tensor, pattern, reduction, **axes_lengths):
    plan = _Plan(tensor, pattern, axes_lengths)
    tensor, names = _squeezed(plan)
    kept = _flat(plan.right)
    dims = [at for at, name in enumerate(names) if name not in kept]
    if dims:
        tensor = _reduced(tensor, reduction, dims)
    return plan.ordered(tensor, [name for name in names if name in kept])


def _reduced(tensor, reduction, dims):
    if callable(reduction):
        return reduction(tensor, tuple(dims))
    if reduction == "prod":
        for dim in reversed(dims):
            tensor = tensor.prod(dim)
        return tensor
    return {"mean": torch.mean, "sum": torch.sum, "max": torch.amax, "min": torch.amin, "any": torch.any, "all": torch.all}[reduction](tensor, dims)


def repeat(tensor, pattern, **axes_lengths):
    plan = _Plan(tensor, pattern, axes_lengths)
    tensor, names = _squeezed(plan)
    order = [name for name in _flat(plan.right) if name in names]
    tensor = tensor.permute(*[names.index(name) for name in order])
    sizes = []
    for at, name in enumerate(_flat(plan.right)):
        if name not in names:
            tensor = tensor.unsqueeze(at)
        sizes.append(plan.sizes[name])
    return plan.joined(tensor.expand(*sizes))


def pack(tensors, pattern):
    words = pattern.split()
    at = words.index("*")
    behind = len(words) - at - 1
    shapes, flat = [], []
    for tensor in tensors:
        end = tensor.dim() - behind
        shapes.append(tensor.shape[at:end])
        flat.append(tensor.reshape(*tensor.shape[:at], -1, *tensor.shape[end:]))
    return torch.cat(flat, at), shapes


def unpack(tensor, packed_shapes, pattern):
    at = pattern.split().index("*")
    parts, start = [], 0
    counts = [_product(shape) for shape in packed_shapes]
    for shape, count in zip(packed_shapes, counts):
        if count < 0:
            count = tensor.size(at) - sum(other for other in counts if other >= 0)
        part = tensor.narrow(at, start, count)
        parts.append(part.reshape(*tensor.shape[:at], *shape, *tensor.shape[at + 1 :]))
        start = start + count
    return parts


def _product(sizes):
    """How many elements there are; below zero where one of the sizes is to be found."""
    count = 1
    for size in sizes:
        count = count * size
    return count


def einsum(*tensors_and_pattern):
    *tensors, pattern = tensors_and_pattern
    letters = {}
    result = ""
    for part in pattern.replace("->", " > ").replace(",", " , ").replace("...", "…").split():
        if part in (">", ",", "…"):
            result += {">": "->", ",": ",", "…": "..."}[part]
        else:
            result += letters.setdefault(part, "abcdefghijklmnopqrstuvwxyz"[len(letters)])
    return torch.einsum(result, list(tensors))


def parse_shape(x, pattern):
    names = pattern.split()
    if "..." in names:
        at = names.index("...")
        names[at : at + 1] = ["_"] * (x.dim() - len(names) + 1)
    if len(names) != x.dim():
        raise RuntimeError(f"a pattern of {len(names)} dimensions for a tensor of {x.dim()}")
    return {name: size for name, size in zip(names, x.shape) if name != "_"}
