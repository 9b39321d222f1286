"""The part of a procedure that is asked for is told from the matter, in both languages."""

import pytest

from assistant.understanding.parts import Part, find_parts, names_only_parts

ASKED = {
    Part.PAPERS: (
        "公司要开网银 带啥资料",
        "对公开户需要准备哪些材料",
        "保函要什么材料",
        "客户要带什么",
        "销户材料有哪些",
        "補卡要帶什麼證件",
        "what papers does a firm need for e-banking",
        "which documents are needed for a home loan",
        "what must he bring to replace the card",
        "what documents for the mortgage?",
    ),
    Part.DURATION: (
        "开立保函多久能好",
        "企业网银要几天",
        "销户多长时间",
        "汇款什么时候能到账",
        "贷款审批得几个工作日",
        "how long does a guarantee take",
        "how many working days for the loan",
        "how soon can the card be replaced",
    ),
    Part.DEPARTMENT: (
        "丢了U盾找哪个部门补",
        "代发工资归哪个部门管",
        "保函找谁办",
        "信用证该联系谁",
        "which department handles guarantees",
        "who do i call about custody",
        "phone number for the e-banking desk",
    ),
    Part.DECISION: (
        "贷款展期谁批",
        "保函由谁审批",
        "限额调整要谁签字",
        "加急业务谁说了算",
        "who approves a loan extension",
        "who decides on the guarantee",
        "who has to sign off the limit change",
    ),
    Part.FORM: (
        "开网银填哪张表",
        "挂失用什么表",
        "申请表编号是多少",
        "which form for the seal change",
        "form number for lost keys",
    ),
    Part.MISTAKES: (
        "开户常见的错误",
        "网银申请容易被退吗，注意什么",
        "办保函有什么坑",
        "common mistakes with account opening",
        "what usually goes wrong with a recall",
    ),
    Part.FORWARD: (
        "开户材料发给客户的版本",
        "清单发我一份",
        "forward the account opening list",
        "a version for the client please",
    ),
}


@pytest.mark.parametrize(
    ("part", "text"), [(part, text) for part, texts in ASKED.items() for text in texts]
)
def test_the_part_asked_for_is_found(part: Part, text: str) -> None:
    found = find_parts(text)
    assert part in found
    assert Part.STEPS not in found


@pytest.mark.parametrize(
    "text",
    [
        "企业网上银行怎么开通，要准备什么材料",
        "销户流程是什么，多久能办完",
        "how does a company open online banking, and what papers are needed?",
        "walk me through a letter of credit and who approves it",
    ],
)
def test_whoever_asks_how_wants_the_whole(text: str) -> None:
    assert Part.STEPS in find_parts(text)


@pytest.mark.parametrize(
    "text",
    [
        "信用证开立",
        "贷后检查多久做一次",
        "lost the usb key",
        "手机银行解锁",
        "i look forwards to it",
        "a straightforward loan",
        "哪些客户适合推广国债",
    ],
)
def test_other_questions_name_no_part(text: str) -> None:
    assert not set(find_parts(text)) - {Part.STEPS}


@pytest.mark.parametrize(
    "text",
    [
        "多久",
        "要多久呢",
        "那谁批",
        "需要带什么",
        "找哪个部门",
        "填哪张表？",
        "公司客户要带什么材料",
        "有哪些常见错误",
        "那材料呢",
        "电话是多少",
        "多久，谁批？",
        "发给客户的版本",
        "how long does it take",
        "and who approves it?",
        "what must he bring?",
        "which department is it",
        "which form do I need",
        "what papers does a company need",
        "any common mistakes?",
        "can I forward it to the client?",
        "who do I call",
    ],
)
def test_a_part_alone_is_about_what_was_shown_before(text: str) -> None:
    assert names_only_parts(text)


@pytest.mark.parametrize(
    "text",
    [
        "销户要多久",
        "保函谁批",
        "开立信用证需要带什么",
        "how long does a guarantee take",
        "who approves a loan extension",
        "what papers for a mortgage",
        "信用证",
        "好的",
        "",
        "ok",
    ],
)
def test_a_matter_of_its_own_is_a_new_question(text: str) -> None:
    assert not names_only_parts(text)
