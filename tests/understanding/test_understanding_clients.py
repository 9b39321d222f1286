"""A client is recognised however he is named, and ordinary words are not taken for clients."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.clients import ClientDirectory, find_clients


@dataclass(frozen=True)
class Client:
    client_id: str
    name: str
    name_en: str
    kind: str = "personal"


CLIENTS = (
    Client("C000001", "张伟", "Zhang Wei"),
    Client("C000002", "王建国", "Wang Jianguo"),
    Client("C000003", "李思雨", "Li Siyu"),
    Client("C000004", "欧阳晓明", "Ouyang Xiaoming"),
    Client("C000005", "孙磊倩", "Sun Leiqian"),
    Client("C000006", "孙浩", "Sun Hao"),
    Client("C000007", "陈静怡", "Chen Jingyi"),
    Client("C000008", "傅牧", "Fu Mu"),
    Client("C000009", "赵敏", "Zhao Min"),
    Client("C000010", "赵敏", "Zhao Min"),
    Client("C000011", "何莉", "He Li"),
    Client("C000101", "澄江穗岸物流有限公司", "Chengjiang Suian Logistics Co., Ltd.", "corporate"),
    Client(
        "C000102", "澄江岑泊软件股份有限公司", "Chengjiang Cenbo Software Corporation", "corporate",
    ),
    Client("C000103", "云汀岑泊燃气有限公司", "Yunting Cenbo Gas Co., Ltd.", "corporate"),
    Client(
        "C000104", "澄江漪舟装饰工程集团有限公司",
        "Chengjiang Yizhou Decoration Engineering Group Co., Ltd.", "corporate",
    ),
    Client("C000105", "云汀珩桁纺织有限公司", "Yunting Hangheng Textiles Co., Ltd.", "corporate"),
    Client("C000106", "云汀砚圃水务有限责任公司", "Yunting Yanpu Water Services LLC", "corporate"),
)  # fmt: skip
DIRECTORY = ClientDirectory(CLIENTS, {"treasury", "bonds", "funds", "open", "mobile", "banking"})

NAMED = {
    "C000001": [
        "C000001", "c000001适合什么", "Ｃ０００００１", "C001还能买什么", "c-000001 持有什么",
        "客户号000001",
        "张伟", "给张伟推荐点产品", "张伟呢", "张伟适合什么", "帮我看看张伟", "張偉有什么产品",
        "Zhang Wei", "zhang wei有什么",
        "what should I offer Wei Zhang?", "what does zhangwei hold", "ZHANG WEI", "张先生要开户",
        "Mr Zhang", "mr. zhang please",
        "张伟明天来办业务", "张总适合什么", "how about 张伟", "张伟：国债？",
        "推给张伟的产品为什么是国债",
    ],
    "C000002": [
        "王建国", "王建国适合买国债吗", "王建国的持仓", "王总", "老王还有什么",
        "建国还有什么适合的", "给建国推点什么", "王建国先生",
        "王健国", "王建囯", "王国建适合什么", "Wang Jianguo", "Jianguo Wang", "Wang Jian Guo",
        "jianguo", "wang jianguo's holdings",
        "王见国有哪些产品", "Wang Jianguoo", "查一下王建国", "为什么给王建国推荐基金", "王女士",
    ],
    "C000003": [
        "李思雨", "李思语适合什么", "思雨有什么", "Siyu Li", "Li Siyu", "李小姐", "Ms Li", "李思羽",
        "李思雪的产品", "给李思雨",
    ],
    "C000004": [
        "欧阳晓明", "欧阳先生", "欧阳小明有什么", "Ouyang Xiaoming", "Xiaoming Ouyang",
        "晓明还有什么", "xiaoming",
    ],
    "C000005": ["孙磊倩", "孙雷倩", "孙磊青适合什么", "孙倩磊呢", "Leiqian Sun", "C000005"],
    "C000007": [
        "陈静怡", "陈静宜", "陈女士", "Chen Jingyi", "陈静仪呢", "静怡还有什么", "Jingyi Chen",
    ],
    "C000008": ["傅牧", "傅牧持有什么", "傅总", "Fu Mu", "Mrs Fu"],
    "C000011": ["何莉适合什么", "He Li", "何小姐", "what does He Li hold"],
    "C000101": [
        "澄江穗岸物流有限公司", "澄江穗岸物流", "穗岸物流适合什么", "澄江穗岸", "穗岸",
        "穗岸公司有什么产品", "给穗岸推荐", "澄江穗安物流",
        "Suian Logistics", "Chengjiang Suian Logistics Co., Ltd.", "what about Suian",
        "chengjiang suian logistics", "澄江穗岸物流公司",
        "澄江穗岸物流股份有限公司",
    ],
    "C000102": ["澄江岑泊软件", "岑泊软件的持仓", "Cenbo Software", "岑泊软件", "澄江岑泊"],
    "C000103": [
        "云汀岑泊燃气有限公司", "云汀岑泊", "岑泊燃气", "Yunting Cenbo Gas", "Cenbo Gas please",
    ],
    "C000104": ["漪舟装饰", "澄江漪舟", "漪舟", "Yizhou", "漪舟装饰工程集团", "Yizhou Decoration"],
    "C000105": [
        "珩桁纺织适合什么", "云汀珩桁", "Hangheng Textiles", "云汀珩桁纺织有限公司", "珩桁",
    ],
    "C000106": ["砚圃水务", "Yanpu Water Services LLC", "云汀砚圃水务", "砚圃有什么"],
}  # fmt: skip
UNKNOWN = {
    "C999999": "C999999", "c888呢": "C000888", "给王小明推荐产品": "王小明", "王小明": "王小明",
    "李芳适合什么": "李芳",
    "Wang Xiaomin": "Wang Xiaomin", "recommend funds for Liu Bo": "Liu Bo", "周总适合什么": "周总",
    "Mr Qian": "Mr Qian",
    "恒远达贸易有限公司": "恒远达贸易有限公司", "给恒远达贸易有限公司推荐": "恒远达贸易有限公司",
    "查查吴晓燕": "吴晓燕",
    "给卞璎珞推荐产品": "卞璎珞", "what should I offer Theodore Blank?": "Theodore Blank",
    "show Theodore Blank's holdings": "Theodore Blank",
    "澄江穗岸纺织有限公司适合什么": "澄江穗岸纺织有限公司",
    "给云汀穗岸物流有限公司推荐": "云汀穗岸物流有限公司",
    "next product for Yunting Yanpu Textiles Co., Ltd.?": "Yunting Yanpu Textiles Co., Ltd",
    "司马光适合买什么": "司马光", "张三": "张三", "刘女士还有什么": "刘女士",
}  # fmt: skip
PRONOUNS = [
    "他还有什么适合的", "她持有什么", "这个客户有什么产品", "该客户适合什么", "the client",
    "this client", "what else suits him",
    "what does she hold", "show their products", "这家公司还能用什么", "它有什么产品",
    "why treasury bonds for her", "for them",
]  # fmt: skip
TRAPS = [
    "", "😀", "推荐点适合的产品", "国债", "国债适合谁", "企业网银怎么收费", "其他产品呢",
    "关于理财产品", "对公转账80万收费多少", "哪些客户适合国债",
    "我的客户里谁可能买基金", "how much is a transfer from the counter", "马上办", "金额多少",
    "为什么推荐国债", "白金卡怎么办", "高端客户适合什么",
    "让我查一下收费", "客户经理要做什么", "给客户推荐", "给企业推荐网银", "应该怎么办",
    "计划", "周五前办好", "时间多久", "what can you do",
    "公司客户开户要什么材料", "为公司客户办理企业网银", "聘请专家要谁批准", "代发工资300人",
    "说英文", "算了", "谢谢", "你好", "汇到上海80万",
    "安全吗", "解释一下", "和国债比呢", "看下高收益的", "单位结算账户", "向客户推荐保险", "常用的",
    "毛利率", "黄金", "成本多少", "管理费",
    "金融产品", "U盾丢了怎么办", "hang on", "long time no see", "who are you", "R3", "C3",
    "3家公司", "汇款给公司多少钱", "他行转账收费",
    "thank you", "and from the counter?", "60,000", "recommend a product",
    "list clients for treasury bonds", "which papers are needed",
    "集团客户授信流程", "有限公司开户", "手机银行", "从柜面汇80万怎么收费", "任何客户", "余额",
    "recommend Treasury Bonds", "who is Open Ended Funds for", "what about Mobile Banking",
    "成功率", "方案", "连续三年", "石油行业",
]  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "text"), [(i, t) for i, texts in NAMED.items() for t in texts]
)
def test_a_client_is_found_by_number_name_part_or_slip(expected: str, text: str) -> None:
    mention = DIRECTORY.find(text)
    assert mention.outcome == "matches"
    best = [match for match in mention.matches if match.score == mention.matches[0].score]
    assert expected in [match.client_id for match in best]


@pytest.mark.parametrize(("text", "mention"), UNKNOWN.items())
def test_a_client_named_but_not_in_the_directory_is_unknown(text: str, mention: str) -> None:
    found = DIRECTORY.find(text)
    assert (found.outcome, found.mention, found.matches) == ("unknown", mention, ())


@pytest.mark.parametrize("text", PRONOUNS)
def test_a_pronoun_points_at_the_client_before(text: str) -> None:
    assert DIRECTORY.find(text).outcome == "pronoun"


@pytest.mark.parametrize("text", TRAPS)
def test_ordinary_words_are_no_client(text: str) -> None:
    assert DIRECTORY.find(text).outcome == "none"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("赵敏适合什么", ["C000009", "C000010"]),
        ("Zhao Min", ["C000009", "C000010"]),
        ("岑泊有什么", ["C000102", "C000103"]),
        ("孙总", ["C000005", "C000006"]),
        ("张伟和王建国", ["C000001", "C000002"]),
    ],
)
def test_several_who_fit_alike_are_all_returned(text: str, ids: list[str]) -> None:
    assert [match.client_id for match in DIRECTORY.find(text).matches] == ids


def test_a_full_name_beats_a_shorter_one_inside_it() -> None:
    (match,) = DIRECTORY.find("云汀岑泊燃气有限公司").matches
    assert (match.client_id, match.score, match.how) == ("C000103", 1.0, "exact")


def test_a_longer_name_is_not_taken_for_the_shorter_one_it_begins_with() -> None:
    assert DIRECTORY.find("张伟明适合什么").outcome == "unknown"


def test_an_empty_directory_still_notices_names() -> None:
    assert find_clients("C000001", ()).outcome == "unknown"
    assert find_clients("今天好", ()).outcome == "none"


@given(st.text(max_size=60))
def test_any_text_at_all_is_read_without_an_error(text: str) -> None:
    assert DIRECTORY.find(text).outcome in {"none", "pronoun", "matches", "unknown"}
