"""Boxes of a PDF's characters, even along a line: PDFium's own, or by baseline and size where those are not."""

import ctypes
from collections import deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw as pdfium

Edges = NDArray[np.float64]  # left, top, right and bottom of characters, in points

# PDFium's functions with plain addresses, which takes half the time; a page asks a thousand times.
_Address = ctypes.c_void_p
_box_into = ctypes.cast(
    pdfium.FPDFText_GetLooseCharBox,
    ctypes.CFUNCTYPE(ctypes.c_int, _Address, ctypes.c_int, _Address),
)
_origin_into = ctypes.cast(
    pdfium.FPDFText_GetCharOrigin,
    ctypes.CFUNCTYPE(ctypes.c_int, _Address, ctypes.c_int, _Address, _Address),
)
_size_of = ctypes.cast(
    pdfium.FPDFText_GetFontSize, ctypes.CFUNCTYPE(ctypes.c_double, _Address, ctypes.c_int)
)
_SAMPLE = 24  # characters of a page by which it is told whether its boxes are even
_UNEVEN = 0.1  # of their size: letters of a font that says its height differ by nothing
# What most fonts reach above and below their baseline, in sizes: Liberation and Times .89 and .22.
_ABOVE, _BELOW = 0.89, 0.22


class Boxes:
    """The boxes of a page's characters, numbered as PDFium does; `begins` are those of its words."""

    def __init__(self, textpage: Any, places: Sequence[int]) -> None:
        """Take a page and the places where its words begin, by which its boxes are judged."""
        self._textpage = textpage
        self._page = ctypes.cast(textpage.raw, _Address).value
        boxes = self._told(places)
        self._scale = self._scale_of(places, boxes)
        self.begins = self._levelled(places, boxes)

    def of(self, places: Sequence[int]) -> Edges:
        """Return the boxes of characters; zeros for what has none."""
        return self._levelled(places, self._told(places))

    def _told(self, places: Sequence[int]) -> Edges:
        edges = np.zeros((len(places), 4), dtype=np.float32)
        start = edges.ctypes.data
        targets = range(start, start + edges.nbytes, edges.strides[0])
        deque(map(_box_into, repeat(self._page), places, targets), maxlen=0)
        return edges.astype(np.float64)

    def _levelled(self, places: Sequence[int], boxes: Edges) -> Edges:
        if self._scale:
            baselines, sizes = self._lines(places)
            boxes[:, 1] = baselines + _ABOVE * self._scale * sizes
            boxes[:, 3] = baselines - _BELOW * self._scale * sizes
        return boxes

    def _lines(self, places: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return baselines, in points, and sizes as the page's fonts say them."""
        origins = np.zeros((len(places), 2))
        start, step = origins.ctypes.data, origins.strides[0]
        across = range(start, start + origins.nbytes, step)
        upright = range(start + step // 2, start + step // 2 + origins.nbytes, step)
        deque(map(_origin_into, repeat(self._page), places, across, upright), maxlen=0)
        sizes = np.fromiter(map(_size_of, repeat(self._page), places), np.float64, len(places))
        return origins[:, 1], sizes

    def _scale_of(self, places: Sequence[int], boxes: Edges) -> float:
        """Return points of a size where boxes follow the shapes of letters, 0 where they are even.

        Fonts that LibreOffice puts into a file have no height that PDFium understands: there "on" is
        half as high as "of", and lines look like those of several sizes.
        """
        every = len(places) // _SAMPLE + 1
        boxes, sample = boxes[::every], places[::every]
        heights = np.round(boxes[:, 1] - boxes[:, 3], 1).tolist()
        if len(set(heights)) <= len(sample) // 4:
            return 0.0
        baselines, sizes = self._lines(sample)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._textpage.raw, sample[len(sample) // 2], matrix)
        scale = abs(matrix.d)
        if abs(matrix.b) > 0.01 * scale or not scale or not sizes.all():  # turned, or unknown
            return 0.0
        above = (boxes[:, 1] - baselines) / (scale * sizes)
        below = (baselines - boxes[:, 3]) / (scale * sizes)
        uneven = np.ptp(above) > _UNEVEN or np.ptp(below) > _UNEVEN
        several = len(set(np.round(above, 2).tolist())) > len(sample) // 4
        return scale if uneven and several else 0.0
