"""Branches and employees of Chengjiang Bank, an invented bank."""

import numpy as np
import pandas as pd

from data.sample.people import invent_names, romanise

BRANCHES = (
    ("B01", "澄江银行总行营业部", "Chengjiang Bank Head Office Branch", "澄江"),
    ("B02", "澄江银行云汀分行", "Chengjiang Bank Yunting Branch", "云汀"),
    ("B03", "澄江银行南麓分行", "Chengjiang Bank Nanlu Branch", "南麓"),
    ("B04", "澄江银行望川分行", "Chengjiang Bank Wangchuan Branch", "望川"),
)
DISTRICTS = {
    "B01": ("滨江区", "老城区", "高新区", "北苑区"),
    "B02": ("汀东区", "汀西区", "港口区"),
    "B03": ("麓山区", "南桥区", "工业园区"),
    "B04": ("川上区", "川下区", "湖心区"),
}
MANAGERS_PER_BRANCH = 6
EXPERTISE = (
    "国际结算;international settlement",
    "资金与现金管理;treasury;cash management",
    "投资银行;investment banking",
    "财富与保险;wealth;insurance",
    "信贷;credit",
    "电子银行;e-banking",
)


def build_branches() -> pd.DataFrame:
    """Give ``branches.csv``."""
    return pd.DataFrame(BRANCHES, columns=["branch_id", "name_zh", "name_en", "city"])


def build_employees(rng: np.random.Generator) -> pd.DataFrame:
    """Give ``employees.csv``: leaders first, then managers, experts and head-office staff."""
    posts = _posts()
    names: list[str] = []
    while len(names) < len(posts):
        names.extend(name for name in invent_names(rng, 1) if name not in names)
    ids = [f"E{number:04d}" for number in range(1, len(posts) + 1)]
    frame = pd.DataFrame(posts, columns=["role", "branch_id", "expertise"])
    leaders = {post[1]: ids[row] for row, post in enumerate(posts) if post[0] == "leader"}
    led = frame["branch_id"].map(leaders).where(frame["role"] == "manager", "")
    return pd.DataFrame(
        {
            "employee_id": ids,
            "name": names,
            "name_en": [romanise(name) for name in names],
            "role": frame["role"],
            "branch_id": frame["branch_id"],
            "leader_id": led,
            "expertise": frame["expertise"],
        }
    )


def _posts() -> list[tuple[str, str, str]]:
    branches = [branch[0] for branch in BRANCHES]
    leaders = [("leader", branch, "") for branch in branches]
    managers = [("manager", branch, "") for branch in branches for _ in range(MANAGERS_PER_BRANCH)]
    experts = [("expert", branches[0], topics) for topics in EXPERTISE]
    owners = [("knowledge_owner", branches[0], "")] * 2
    return [*leaders, *managers, *experts, *owners, ("administrator", branches[0], "")]
