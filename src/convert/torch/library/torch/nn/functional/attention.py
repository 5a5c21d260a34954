"""Each place of a sequence as a mean of others, weighted by how well they answer it."""
import torch
from torch.nn.functional.dropout import _dropped


def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False):
    _dropped(dropout_p)
    return torch.scaled_dot_product_attention(query, key, value, attn_mask, 0.0, is_causal, scale=scale, enable_gqa=enable_gqa)


def _as_numbers(mask, like):
    """What truth values, as bytes too, forbid as minus infinity."""
    if mask is None or mask.is_floating_point():
        return mask
    if mask.dtype not in (torch.bool, torch.uint8):
        raise AssertionError("only bool and floating types of masks are supported")
    return torch.zeros_like(mask, dtype=like.dtype).masked_fill(mask.bool(), float("-inf"))


def _projected(query, key, value, weight, bias, apart):
    """Queries, keys and values, by one product where all come from one tensor."""
    if apart is not None:
        biases = [None] * 3 if bias is None else bias.chunk(3)
        return [torch.linear(one, own, b) for one, own, b in zip((query, key, value), apart, biases)]
    if query is key and key is value:
        return torch.linear(query, weight, bias).chunk(3, -1)
    weights = weight.chunk(3)
    biases = [None] * 3 if bias is None else bias.chunk(3)
    return [torch.linear(one, own, b) for one, own, b in zip((query, key, value), weights, biases)]


def multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True, is_causal=False):
    if static_k is not None or static_v is not None:
        raise NotImplementedError("attention with keys or values given in parts")
    if is_causal and attn_mask is None:
        raise RuntimeError("Need attn_mask if specifying the is_causal hint.")
    if training:
        _dropped(dropout_p)
    is_alone = query.dim() == 2
    if is_alone:
        is_one = query is key and key is value
        query, key, value = query.unsqueeze(1), key.unsqueeze(1), value.unsqueeze(1)
        if is_one:
            key = value = query
        if key_padding_mask is not None:
            key_padding_mask = key_padding_mask.unsqueeze(0)
    length, batch, width = query.shape
    apart = (q_proj_weight, k_proj_weight, v_proj_weight) if use_separate_proj_weight else None
    query, key, value = _projected(query, key, value, in_proj_weight, in_proj_bias, apart)
    if bias_k is not None:
        key = torch.cat([key, bias_k.repeat(1, batch, 1)])
        value = torch.cat([value, bias_v.repeat(1, batch, 1)])
    each = width // num_heads
    query, key, value = [one.reshape(one.size(0), batch, num_heads, each).permute(1, 2, 0, 3) for one in (query, key, value)]
    extra = 0 if bias_k is None else 1
    if add_zero_attn:
        extra += 1
        zeros = torch.zeros(batch, num_heads, 1, each)
        key, value = torch.cat([key, zeros], 2), torch.cat([value, zeros], 2)
    mask = _mask(query, attn_mask, key_padding_mask, extra, batch, num_heads)
    if need_weights:
        scores = torch.matmul(query * each**-0.5, key.transpose(-2, -1))
        weights = torch.softmax(scores if mask is None else scores + mask, -1)
        output = torch.matmul(weights, value)
    else:
        output = torch.scaled_dot_product_attention(query, key, value, mask)
        weights = None
    output = torch.linear(output.permute(2, 0, 1, 3).reshape(length, batch, width), out_proj_weight, out_proj_bias)
    if need_weights:
        weights = weights.mean(1) if average_attn_weights else weights
        weights = weights.squeeze(0) if is_alone else weights
    return (output.squeeze(1) if is_alone else output), weights


def _mask(query, attn_mask, key_padding_mask, extra, batch, num_heads):
    """What is added to the scores, `[batch, heads, length, keys]` or less."""
    mask = _as_numbers(attn_mask, query)
    if mask is not None and mask.dim() == 3:
        mask = mask.reshape(batch, num_heads, mask.size(1), mask.size(2))
    padding = _as_numbers(key_padding_mask, query)
    if mask is not None and extra:
        mask = torch.constant_pad_nd(mask, [0, extra], 0.0)
    if padding is None:
        return mask
    if extra:
        padding = torch.constant_pad_nd(padding, [0, extra], 0.0)
    padding = padding.unsqueeze(1).unsqueeze(2)
    return padding if mask is None else mask + padding
