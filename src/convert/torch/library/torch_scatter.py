"""torch_scatter: sums, means and extremes of what belongs together."""
import torch


def _index(index, src, dim):
    """The index with as many dimensions as the source."""
    dim = dim % src.dim()
    if index.dim() == 1:
        shape = [1] * src.dim()
        shape[dim] = -1
        index = index.reshape(*shape)
    return index.expand_as(src)


def _size(index, dim_size):
    return int(index.max()) + 1 if dim_size is None else dim_size


def scatter_sum(src, index, dim=-1, out=None, dim_size=None):
    index = _index(index, src, dim)
    if out is None:
        sizes = list(src.shape)
        sizes[dim] = _size(index, dim_size)
        out = torch.zeros(*sizes, dtype=src.dtype)
    return out.scatter_add(dim, index, src)


def scatter_add(src, index, dim=-1, out=None, dim_size=None):
    return scatter_sum(src, index, dim, out, dim_size)


def scatter_mean(src, index, dim=-1, out=None, dim_size=None):
    size = _size(index, dim_size) if out is None else out.size(dim)
    count = scatter_sum(torch.ones_like(src), index, dim, None, size)
    rounding = None if src.is_floating_point() else "floor"
    return torch.div(scatter_sum(src, index, dim, out, size), count.clamp(min=1), rounding_mode=rounding)


def _extreme(src, index, dim, dim_size, reduce):
    index = _index(index, src, dim)
    sizes = list(src.shape)
    sizes[dim] = _size(index, dim_size)
    return torch.zeros(*sizes, dtype=src.dtype).scatter_reduce(dim, index, src, reduce, include_self=False)


def _with_places(src, index, dim, dim_size, reduce):
    """Extremes, and the first row where each is; the number of rows where nothing belongs."""
    extremes = _extreme(src, index, dim, _size(index, dim_size), reduce)
    spread = _index(index, src, dim)
    count = src.size(dim)
    rows = _index(torch.arange(count), src, dim)
    found = torch.where(src == extremes.gather(dim, spread), rows, count)
    nowhere = torch.full(extremes.shape, count, dtype=torch.int64)
    return extremes, nowhere.scatter_reduce(dim, spread, found, "amin")


def _without(out):
    if out is not None:
        raise NotImplementedError("what belongs together, put to what is there already")


def scatter_max(src, index, dim=-1, out=None, dim_size=None):
    _without(out)
    return _with_places(src, index, dim, dim_size, "amax")


def scatter_min(src, index, dim=-1, out=None, dim_size=None):
    _without(out)
    return _with_places(src, index, dim, dim_size, "amin")


def scatter_mul(src, index, dim=-1, out=None, dim_size=None):
    _without(out)
    index = _index(index, src, dim)
    sizes = list(src.shape)
    sizes[dim] = _size(index, dim_size)
    return torch.ones(*sizes, dtype=src.dtype).scatter_reduce(dim, index, src, "prod")


def scatter(src, index, dim=-1, out=None, dim_size=None, reduce="sum"):
    if reduce in ("sum", "add"):
        return scatter_sum(src, index, dim, out, dim_size)
    if reduce == "mean":
        return scatter_mean(src, index, dim, out, dim_size)
    if reduce in ("max", "min"):
        _without(out)
        return _extreme(src, index, dim, dim_size, "amax" if reduce == "max" else "amin")
    if reduce != "mul":
        raise NotImplementedError(f"{reduce} of what belongs together")
    return scatter_mul(src, index, dim, out, dim_size)


def scatter_softmax(src, index, dim=-1, eps=1e-12, dim_size=None):
    size = _size(index, dim_size)
    spread = _index(index, src, dim)
    most = _extreme(src, index, dim, size, "amax").gather(dim, spread)
    powers = (src - most).exp()
    return powers / scatter_sum(powers, index, dim, None, size).gather(dim, spread)


def scatter_log_softmax(src, index, dim=-1, eps=1e-12, dim_size=None):
    size = _size(index, dim_size)
    spread = _index(index, src, dim)
    apart = src - _extreme(src, index, dim, size, "amax").gather(dim, spread)
    total = scatter_sum(apart.exp(), index, dim, None, size)
    return apart - (total + eps).log().gather(dim, spread)


def segment_csr(src, indptr, out=None, reduce="sum"):
    """Rows from one place to the next, together; what stands before the first place and behind the last is left out."""
    _without(out)
    if indptr.dim() != 1:
        raise NotImplementedError("segments that begin at different places")
    index = (torch.arange(src.size(0)).unsqueeze(1) >= indptr).sum(1)
    return scatter(src, index, 0, None, indptr.size(0) + 1, reduce)[1:-1]
