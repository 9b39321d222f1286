"""Invented names of people, with pinyin, and the look-alikes that make real directories hard."""

from functools import cache

import numpy as np
from pypinyin import lazy_pinyin

from data.sample.draws import Texts

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢岳"
    "齐梅莫庄辛管祝左涂谷祁时舒耿牟路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫屈鲍霍翁隋植甘景薄"
)
DOUBLE_SURNAMES = ("欧阳", "上官", "司徒", "诸葛", "端木", "令狐")
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文斌宇浩凯鑫波辉慧健俊帆雪荣琳"
    "晨晶欣阳佳倩颖婷瑶莹璐楠丹萍蕾薇岚怡悦宁洁梅莉珍凤琴云莲真环荷翠雅芝香月莺媛瑞凡嘉琼勤"
    "国胜学祥才发武新利清飞彬富顺信子志安心良海山仁宏振东松善厚庆友裕河哲江浩亮政谦亨奇"
    "翰朗伯昌旭泽玮炜亭晓筱潇霏菲鸿弘晟昊皓睿锐诚承程思斯梓紫铭茗天添逸毅翊卓雨羽语予沐牧"
)
READINGS = {
    "曾": "zeng",
    "翟": "zhai",
    "任": "ren",
    "盛": "sheng",
    "薄": "bo",
    "植": "zhi",
    "泊": "bo",
    "晟": "sheng",
}
WELL_KNOWN = frozenset(
    ["毛泽东", "李强", "王毅", "秦刚", "马云", "雷军", "刘强东", "丁磊", "姚明", "李宁"]
)
"""Combinations that would read as a public figure; the draw steps around them."""
ALIKE_SHARE = {"same": 0.006, "homophone": 0.02, "one_character": 0.02}


@cache
def reading(character: str) -> str:
    """Pinyin of one character without tone, ``ü`` written ``yu`` as on passports."""
    plain = READINGS.get(character) or lazy_pinyin(character)[0]
    return {"lv": "lyu", "nv": "nyu"}.get(plain, plain)


def romanise(name: str) -> str:
    """Write a Chinese name in pinyin, surname first: 欧阳晓明 gives ``Ouyang Xiaoming``."""
    cut = 2 if name[:2] in DOUBLE_SURNAMES else 1
    return " ".join("".join(map(reading, part)).capitalize() for part in (name[:cut], name[cut:]))


def invent_names(rng: np.random.Generator, count: int) -> list[str]:
    """Draw names independently; common surnames come more often, so some full names repeat."""
    ranks = np.arange(1, len(SURNAMES) + 1, dtype=np.float64)
    weights = 1 / (ranks + 8)
    surnames = rng.choice(len(SURNAMES), size=count, p=weights / weights.sum())
    doubles = rng.random(count) < 0.01
    lengths = 1 + (rng.random(count) < 0.78)
    given = rng.integers(len(GIVEN), size=(count, 2))
    return [
        _own(
            (DOUBLE_SURNAMES[surname % 6] if double else SURNAMES[surname])
            + "".join(GIVEN[at] for at in places[:length])
        )
        for surname, double, length, places in zip(surnames, doubles, lengths, given, strict=True)
    ]


def invent_client_names(rng: np.random.Generator, managers: Texts) -> list[str]:
    """Draw a name a client, planting look-alikes among the clients of one manager.

    A few clients share the full name of an earlier client of the same manager, a few differ
    from one by a homophone, a few by one character.
    """
    names = invent_names(rng, len(managers))
    earlier: dict[str, list[str]] = {}
    for row, manager in enumerate(managers):
        known = earlier.setdefault(str(manager), [])
        if known:
            other = known[int(rng.integers(len(known)))]
            names[row] = _own(_perhaps_alike(rng, names[row], other))
        known.append(names[row])
    return names


def _own(name: str) -> str:
    return f"{name[0]}文{name[-1]}" if name in WELL_KNOWN else name


def _perhaps_alike(rng: np.random.Generator, name: str, other: str) -> str:
    chance = rng.random()
    if chance < ALIKE_SHARE["same"]:
        return other
    if chance < ALIKE_SHARE["same"] + ALIKE_SHARE["homophone"]:
        twins = [each for each in GIVEN if reading(each) == reading(other[-1])]
        return other[:-1] + twins[int(rng.integers(len(twins)))] if twins else name
    if chance < sum(ALIKE_SHARE.values()):
        return other[:-1] + GIVEN[int(rng.integers(len(GIVEN)))]
    return name
