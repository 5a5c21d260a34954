"""What models take from timm's layers."""
from torch.nn import Conv2d, Dropout, GELU, LayerNorm, Linear, Module
from torch.nn import functional, init
from torch.nn.functional.dropout import _dropped

trunc_normal_ = init.trunc_normal_
lecun_normal_ = init.trunc_normal_
variance_scaling_ = init.trunc_normal_


class DropPath(Module):
    def __init__(self, drop_prob=0.0, scale_by_keep=True):
        super().__init__()
        self.drop_prob = drop_prob
        self.scale_by_keep = scale_by_keep

    def forward(self, x):
        return x


def drop_path(x, drop_prob=0.0, training=False, scale_by_keep=True):
    if training:
        _dropped(drop_prob)
    return x


def _many(count):
    def spread(value):
        return tuple(value) if isinstance(value, (tuple, list)) else (value,) * count

    return spread


to_1tuple = _many(1)
to_2tuple = _many(2)
to_3tuple = _many(3)
to_4tuple = _many(4)


def make_divisible(v, divisor=8, min_value=None, round_limit=0.9):
    least = min_value or divisor
    rounded = max(least, int(v + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < round_limit * v else rounded


class Mlp(Module):
    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=GELU, norm_layer=None, bias=True, drop=0.0, use_conv=False):
        super().__init__()
        hidden, out = hidden_features or in_features, out_features or in_features
        layer = (lambda a, b, bias: Conv2d(a, b, 1, bias=bias)) if use_conv else (lambda a, b, bias: Linear(a, b, bias=bias))
        biases, drops = to_2tuple(bias), to_2tuple(drop)
        self.fc1 = layer(in_features, hidden, biases[0])
        self.act = act_layer()
        self.drop1 = Dropout(drops[0])
        self.norm = norm_layer(hidden) if norm_layer is not None else None
        self.fc2 = layer(hidden, out, biases[1])
        self.drop2 = Dropout(drops[1])

    def forward(self, x):
        x = self.act(self.fc1(x))
        return self.fc2(x if self.norm is None else self.norm(x))


class PatchEmbed(Module):
    def __init__(self, img_size=224, patch_size=16, in_chans=3, embed_dim=768, norm_layer=None, flatten=True, output_fmt=None, bias=True, strict_img_size=True, dynamic_img_pad=False):
        super().__init__()
        self.patch_size = to_2tuple(patch_size)
        if img_size is not None:
            self.img_size = to_2tuple(img_size)
            self.grid_size = tuple(size // patch for size, patch in zip(self.img_size, self.patch_size))
            self.num_patches = self.grid_size[0] * self.grid_size[1]
        self.flatten = flatten and output_fmt is None
        self.output_fmt = "NCHW" if output_fmt is None else output_fmt
        self.dynamic_img_pad = dynamic_img_pad
        self.proj = Conv2d(in_chans, embed_dim, self.patch_size, self.patch_size, bias=bias)
        self.norm = norm_layer(embed_dim) if norm_layer is not None else None

    def forward(self, x):
        if self.dynamic_img_pad:
            high, wide = self.patch_size
            x = functional.pad(x, (0, (wide - x.size(3) % wide) % wide, 0, (high - x.size(2) % high) % high))
        x = _ordered(self.proj(x), "NLC" if self.flatten else self.output_fmt)
        return x if self.norm is None else self.norm(x)


def _ordered(x, form):
    """An image with its dimensions in another order, or its places as one."""
    if form == "NHWC":
        return x.permute(0, 2, 3, 1)
    if form == "NLC":
        return x.flatten(2).transpose(1, 2)
    return x.flatten(2) if form == "NCL" else x


class LayerNorm2d(LayerNorm):
    def __init__(self, num_channels, eps=1e-6, affine=True):
        super().__init__(num_channels, eps=eps, elementwise_affine=affine)

    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
