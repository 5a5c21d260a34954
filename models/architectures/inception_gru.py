"""Inception v3 (Szegedy et al., 2015) on every frame, then two GRUs; or the GRUs alone on features of frames.

No weights tell whether frames are brought to Inception's own scale first: torchvision does so wherever it was asked
for pretrained weights.
"""
from torch import cat, nn
from torch.nn.functional import avg_pool2d, max_pool2d, relu

KEYS = ["gru1.weight_ih_l0", "gru2.weight_ih_l0", "gloss_head.weight", "category_head.weight"]


class BasicConv2d(nn.Module):
    def __init__(self, inputs, outputs, size, **options):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, bias=False, **options)
        self.bn = nn.BatchNorm2d(outputs, eps=0.001)

    def forward(self, image):
        return relu(self.bn(self.conv(image)))


ROW = {"size": (1, 7), "padding": (0, 3)}
COLUMN = {"size": (7, 1), "padding": (3, 0)}


def averaged(image):
    return avg_pool2d(image, 3, stride=1, padding=1)


class InceptionA(nn.Module):
    def __init__(self, inputs, pooled, narrow):
        super().__init__()
        self.branch1x1 = BasicConv2d(inputs, 64 // narrow, 1)
        self.branch5x5_1 = BasicConv2d(inputs, 48 // narrow, 1)
        self.branch5x5_2 = BasicConv2d(48 // narrow, 64 // narrow, 5, padding=2)
        self.branch3x3dbl_1 = BasicConv2d(inputs, 64 // narrow, 1)
        self.branch3x3dbl_2 = BasicConv2d(64 // narrow, 96 // narrow, 3, padding=1)
        self.branch3x3dbl_3 = BasicConv2d(96 // narrow, 96 // narrow, 3, padding=1)
        self.branch_pool = BasicConv2d(inputs, pooled, 1)

    def forward(self, image):
        five = self.branch5x5_2(self.branch5x5_1(image))
        double = self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(image)))
        return cat((self.branch1x1(image), five, double, self.branch_pool(averaged(image))), dim=1)


class InceptionB(nn.Module):
    def __init__(self, inputs, narrow):
        super().__init__()
        self.branch3x3 = BasicConv2d(inputs, 384 // narrow, 3, stride=2)
        self.branch3x3dbl_1 = BasicConv2d(inputs, 64 // narrow, 1)
        self.branch3x3dbl_2 = BasicConv2d(64 // narrow, 96 // narrow, 3, padding=1)
        self.branch3x3dbl_3 = BasicConv2d(96 // narrow, 96 // narrow, 3, stride=2)

    def forward(self, image):
        double = self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(image)))
        return cat((self.branch3x3(image), double, max_pool2d(image, 3, stride=2)), dim=1)


class InceptionC(nn.Module):
    def __init__(self, inputs, inner, narrow):
        super().__init__()
        outputs = 192 // narrow
        self.branch1x1 = BasicConv2d(inputs, outputs, 1)
        self.branch7x7_1 = BasicConv2d(inputs, inner, 1)
        self.branch7x7_2 = BasicConv2d(inner, inner, **ROW)
        self.branch7x7_3 = BasicConv2d(inner, outputs, **COLUMN)
        self.branch7x7dbl_1 = BasicConv2d(inputs, inner, 1)
        self.branch7x7dbl_2 = BasicConv2d(inner, inner, **COLUMN)
        self.branch7x7dbl_3 = BasicConv2d(inner, inner, **ROW)
        self.branch7x7dbl_4 = BasicConv2d(inner, inner, **COLUMN)
        self.branch7x7dbl_5 = BasicConv2d(inner, outputs, **ROW)
        self.branch_pool = BasicConv2d(inputs, outputs, 1)

    def forward(self, image):
        seven = self.branch7x7_3(self.branch7x7_2(self.branch7x7_1(image)))
        double = self.branch7x7dbl_3(self.branch7x7dbl_2(self.branch7x7dbl_1(image)))
        double = self.branch7x7dbl_5(self.branch7x7dbl_4(double))
        return cat((self.branch1x1(image), seven, double, self.branch_pool(averaged(image))), dim=1)


class InceptionD(nn.Module):
    def __init__(self, inputs, narrow):
        super().__init__()
        inner = 192 // narrow
        self.branch3x3_1 = BasicConv2d(inputs, inner, 1)
        self.branch3x3_2 = BasicConv2d(inner, 320 // narrow, 3, stride=2)
        self.branch7x7x3_1 = BasicConv2d(inputs, inner, 1)
        self.branch7x7x3_2 = BasicConv2d(inner, inner, **ROW)
        self.branch7x7x3_3 = BasicConv2d(inner, inner, **COLUMN)
        self.branch7x7x3_4 = BasicConv2d(inner, inner, 3, stride=2)

    def forward(self, image):
        three = self.branch3x3_2(self.branch3x3_1(image))
        seven = self.branch7x7x3_2(self.branch7x7x3_1(image))
        seven = self.branch7x7x3_4(self.branch7x7x3_3(seven))
        return cat((three, seven, max_pool2d(image, 3, stride=2)), dim=1)


class InceptionE(nn.Module):
    def __init__(self, inputs, narrow):
        super().__init__()
        inner = 384 // narrow
        self.branch1x1 = BasicConv2d(inputs, 320 // narrow, 1)
        self.branch3x3_1 = BasicConv2d(inputs, inner, 1)
        self.branch3x3_2a = BasicConv2d(inner, inner, (1, 3), padding=(0, 1))
        self.branch3x3_2b = BasicConv2d(inner, inner, (3, 1), padding=(1, 0))
        self.branch3x3dbl_1 = BasicConv2d(inputs, 448 // narrow, 1)
        self.branch3x3dbl_2 = BasicConv2d(448 // narrow, inner, 3, padding=1)
        self.branch3x3dbl_3a = BasicConv2d(inner, inner, (1, 3), padding=(0, 1))
        self.branch3x3dbl_3b = BasicConv2d(inner, inner, (3, 1), padding=(1, 0))
        self.branch_pool = BasicConv2d(inputs, 192 // narrow, 1)

    def forward(self, image):
        three = self.branch3x3_1(image)
        double = self.branch3x3dbl_2(self.branch3x3dbl_1(image))
        parts = (
            self.branch1x1(image),
            self.branch3x3_2a(three),
            self.branch3x3_2b(three),
            self.branch3x3dbl_3a(double),
            self.branch3x3dbl_3b(double),
            self.branch_pool(averaged(image)),
        )
        return cat(parts, dim=1)


class InceptionAux(nn.Module):
    """Helps training alone; its weights are in every checkpoint."""

    def __init__(self, inputs, narrow):
        super().__init__()
        self.conv0 = BasicConv2d(inputs, 128 // narrow, 1)
        self.conv1 = BasicConv2d(128 // narrow, 768 // narrow, 5)
        self.fc = nn.Linear(768 // narrow, 1000 // narrow)


class Inception3(nn.Module):
    def __init__(self, transform_input, narrow):
        super().__init__()
        self.transform_input = transform_input
        self.Conv2d_1a_3x3 = BasicConv2d(3, 32 // narrow, 3, stride=2)
        self.Conv2d_2a_3x3 = BasicConv2d(32 // narrow, 32 // narrow, 3)
        self.Conv2d_2b_3x3 = BasicConv2d(32 // narrow, 64 // narrow, 3, padding=1)
        self.Conv2d_3b_1x1 = BasicConv2d(64 // narrow, 80 // narrow, 1)
        self.Conv2d_4a_3x3 = BasicConv2d(80 // narrow, 192 // narrow, 3)
        self.Mixed_5b = InceptionA(192 // narrow, 32 // narrow, narrow)
        self.Mixed_5c = InceptionA(256 // narrow, 64 // narrow, narrow)
        self.Mixed_5d = InceptionA(288 // narrow, 64 // narrow, narrow)
        self.Mixed_6a = InceptionB(288 // narrow, narrow)
        self.Mixed_6b = InceptionC(768 // narrow, 128 // narrow, narrow)
        self.Mixed_6c = InceptionC(768 // narrow, 160 // narrow, narrow)
        self.Mixed_6d = InceptionC(768 // narrow, 160 // narrow, narrow)
        self.Mixed_6e = InceptionC(768 // narrow, 192 // narrow, narrow)
        self.AuxLogits = InceptionAux(768 // narrow, narrow)
        self.Mixed_7a = InceptionD(768 // narrow, narrow)
        self.Mixed_7b = InceptionE(1280 // narrow, narrow)
        self.Mixed_7c = InceptionE(2048 // narrow, narrow)

    def forward(self, image):
        if self.transform_input:
            means, deviations = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
            scaled = [
                image[:, at : at + 1] * (deviation / 0.5) + (mean - 0.5) / 0.5
                for at, (mean, deviation) in enumerate(zip(means, deviations))
            ]
            image = cat(scaled, dim=1)
        image = self.Conv2d_2b_3x3(self.Conv2d_2a_3x3(self.Conv2d_1a_3x3(image)))
        image = max_pool2d(image, 3, stride=2)
        image = self.Conv2d_4a_3x3(self.Conv2d_3b_1x1(image))
        image = max_pool2d(image, 3, stride=2)
        for name in ("5b", "5c", "5d", "6a", "6b", "6c", "6d", "6e", "7a", "7b", "7c"):
            image = getattr(self, f"Mixed_{name}")(image)
        return image.mean(dim=(2, 3))


class FeatureExtractor(nn.Module):
    def __init__(self, transform_input, narrow):
        super().__init__()
        self.backbone = Inception3(transform_input, narrow)

    def forward(self, frames):
        return self.backbone(frames)


class InceptionV3GRUHead(nn.Module):
    def __init__(self, num_gloss=105, num_cat=10, gru_hidden=16, gru_hidden2=12, feat_dim=2048):
        super().__init__()
        self.gru1 = nn.GRU(feat_dim, gru_hidden, batch_first=True)
        self.gru2 = nn.GRU(gru_hidden, gru_hidden2, batch_first=True)
        self.gloss_head = nn.Linear(gru_hidden2, num_gloss)
        self.category_head = nn.Linear(gru_hidden2, num_cat)

    def forward(self, features):
        states, _ = self.gru1(features)
        _, last = self.gru2(states)
        return self.gloss_head(last[-1]), self.category_head(last[-1])


class InceptionV3GRU(InceptionV3GRUHead):
    """`width_divisor` makes every layer of Inception that much narrower; 1 is the real network."""

    def __init__(
        self, transform_input: bool, num_gloss=105, num_cat=10, gru_hidden=16, gru_hidden2=12, width_divisor=1
    ):
        super().__init__(num_gloss, num_cat, gru_hidden, gru_hidden2, 2048 // width_divisor)
        self.feat_extractor = FeatureExtractor(transform_input, width_divisor)

    def forward(self, frames):
        batch, count = frames.shape[:2]
        features = self.feat_extractor(frames.flatten(0, 1))
        return super().forward(features.view(batch, count, -1))
