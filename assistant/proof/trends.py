"""The words that say which way something goes."""

from __future__ import annotations

import re

RISE = frozenset({"增长", "提高", "提升", "上升", "增加", "扩大", "上涨", "增至", "升至", "净增", "新增"})
FALL = frozenset({"下降", "降低", "减少", "下调", "压减", "缩减", "下滑", "削减", "降至", "压缩"})
TREND = re.compile("|".join(RISE | FALL))
