"""`torch.utils.data`: where examples for training come from."""


class Dataset:
    def __getitem__(self, index):
        raise NotImplementedError


class IterableDataset(Dataset):
    pass


class TensorDataset(Dataset):
    def __init__(self, *tensors):
        self.tensors = tensors

    def __getitem__(self, index):
        return tuple(tensor[index] for tensor in self.tensors)

    def __len__(self):
        return self.tensors[0].size(0)


class Sampler:
    pass


class DataLoader:
    def __init__(self, dataset, *args, **kwargs):
        self.dataset = dataset


def random_split(dataset, lengths, generator=None):
    return [dataset for _ in lengths]
