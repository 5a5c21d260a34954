"""Layers that go through a sequence step by step, and single steps of them."""
import torch
from torch.nn import Module, Parameter
from torch.nn.projected import _projected
from torch.nn.utils.rnn import PackedSequence


class RNNBase(Module):
    bias = True
    batch_first = False
    bidirectional = False
    proj_size = 0
    num_layers = 1

    def __init__(self, mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__()
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        rows = {"LSTM": 4, "GRU": 3}.get(mode, 1) * hidden_size
        out = proj_size or hidden_size
        for layer in range(num_layers):
            columns = input_size if layer == 0 else out * self._directions()
            for name in self._names(layer):
                if name.startswith("weight_ih"):
                    sizes = (rows, columns)
                elif name.startswith("weight_hh"):
                    sizes = (rows, out)
                elif name.startswith("weight_hr"):
                    sizes = (proj_size, hidden_size)
                else:
                    sizes = (rows,)
                setattr(self, name, Parameter(torch.empty(*sizes, dtype=dtype)))

    def _directions(self):
        return 2 if self.bidirectional else 1

    def _names(self, layer):
        """The parameters of a layer, as the operators take them."""
        kinds = ["weight_ih_l", "weight_hh_l"]
        if self.bias:
            kinds += ["bias_ih_l", "bias_hh_l"]
        if self.proj_size:
            kinds.append("weight_hr_l")
        ends = ["", "_reverse"] if self.bidirectional else [""]
        return [f"{kind}{layer}{end}" for end in ends for kind in kinds]

    @property
    def all_weights(self):
        return [[getattr(self, name) for name in self._names(layer)] for layer in range(self.num_layers)]

    def flatten_parameters(self):
        return None

    def reset_parameters(self):
        return None

    def _states(self, hx):
        """The first states as they are called with, one for an LSTM's cells besides."""
        return hx

    def _zeros(self, input, batch):
        count = self.num_layers * self._directions()
        return torch.zeros(count, batch, self.proj_size or self.hidden_size, dtype=input.dtype)

    def forward(self, input, hx=None):
        if isinstance(input, PackedSequence):
            return self._packed(input, hx)
        is_alone = input.dim() == 2
        if is_alone:
            input = input.unsqueeze(0 if self.batch_first else 1)
            hx = self._each(hx, lambda state: state.unsqueeze(1))
        if hx is None:
            hx = self._first(input, input.size(0 if self.batch_first else 1))
        output, states = self._run(input, hx)
        if is_alone:
            return output.squeeze(0 if self.batch_first else 1), self._each(states, lambda state: state.squeeze(1))
        return output, states

    def _each(self, hx, change):
        return hx if hx is None else change(hx)

    def _first(self, input, batch):
        return self._zeros(input, batch)

    def _weights(self):
        return [weight for layer in self.all_weights for weight in layer]

    def _about(self):
        return (self._weights(), self.bias, self.num_layers, 0.0, False, self.bidirectional)

    def _run(self, input, hx):
        if self.proj_size:
            return _projected(self, input, hx)
        operator = {"LSTM": torch.lstm, "GRU": torch.gru, "RNN_TANH": torch.rnn_tanh, "RNN_RELU": torch.rnn_relu}[self.mode]
        output, *states = operator(input, hx, *self._about(), self.batch_first)
        return output, self._result(states)

    def _result(self, states):
        return states[0]

    def _packed(self, input, hx):
        if self.proj_size:
            raise NotImplementedError("sequences of different lengths through a layer with projections")
        operator = {"LSTM": torch.lstm, "GRU": torch.gru, "RNN_TANH": torch.rnn_tanh, "RNN_RELU": torch.rnn_relu}[self.mode]
        data, batch_sizes, sorted_indices, unsorted_indices = input
        if hx is None:
            hx = self._first(data, unsorted_indices.size(0))
        else:
            hx = self._each(hx, lambda state: state.index_select(1, sorted_indices))
        output, *states = operator(data, batch_sizes, hx, *self._about())
        states = [state.index_select(1, unsorted_indices) for state in states]
        packed = type(input)(output, batch_sizes, sorted_indices, unsorted_indices)
        return packed, self._result(states)


class RNN(RNNBase):
    nonlinearity = "tanh"

    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity="tanh", bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__("RNN_" + nonlinearity.upper(), input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, dtype=dtype)
        self.nonlinearity = nonlinearity


class LSTM(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__("LSTM", input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size, dtype=dtype)

    def _each(self, hx, change):
        return hx if hx is None else (change(hx[0]), change(hx[1]))

    def _first(self, input, batch):
        count = self.num_layers * self._directions()
        return self._zeros(input, batch), torch.zeros(count, batch, self.hidden_size, dtype=input.dtype)

    def _result(self, states):
        return states[0], states[1]


class GRU(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__("GRU", input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, dtype=dtype)


class RNNCellBase(Module):
    bias = True

    def __init__(self, input_size, hidden_size, bias, num_chunks, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        self.weight_ih = Parameter(torch.empty(num_chunks * hidden_size, input_size, dtype=dtype))
        self.weight_hh = Parameter(torch.empty(num_chunks * hidden_size, hidden_size, dtype=dtype))
        self.register_parameter("bias_ih", Parameter(torch.empty(num_chunks * hidden_size, dtype=dtype)) if bias else None)
        self.register_parameter("bias_hh", Parameter(torch.empty(num_chunks * hidden_size, dtype=dtype)) if bias else None)

    def _step(self, operator, input, hx):
        is_alone = input.dim() == 1
        if is_alone:
            input = input.unsqueeze(0)
        zeros = torch.zeros(input.size(0), self.hidden_size, dtype=input.dtype)
        if isinstance(hx, (tuple, list)):
            hx = tuple(state.unsqueeze(0) if is_alone else state for state in hx)
        elif hx is None:
            hx = self._first(zeros)
        elif is_alone:
            hx = hx.unsqueeze(0)
        result = operator(input, hx, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        if isinstance(result, (tuple, list)):
            return tuple(state.squeeze(0) if is_alone else state for state in result)
        return result.squeeze(0) if is_alone else result

    def _first(self, zeros):
        return zeros


class RNNCell(RNNCellBase):
    nonlinearity = "tanh"

    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 1, dtype=dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        return self._step(torch.rnn_relu_cell if self.nonlinearity == "relu" else torch.rnn_tanh_cell, input, hx)


class LSTMCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 4, dtype=dtype)

    def _first(self, zeros):
        return zeros, zeros

    def forward(self, input, hx=None):
        return self._step(torch.lstm_cell, input, hx)


class GRUCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 3, dtype=dtype)

    def forward(self, input, hx=None):
        return self._step(torch.gru_cell, input, hx)
