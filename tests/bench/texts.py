"""What the bench's notices say: sentences of the trade, and words of known frequency."""

import csv
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from disclosures.search.words import plain
from portal.text.chinese import bigrams

# How often a word stands in the notices. No other sentence holds one of them.
SHARES = {
    "学校": 0.6,
    "公示": 0.6,
    "食堂": 0.1,
    "职称": 0.01,
    "助学金": 0.005,
    "奖学金": 0.001,
    "校车": 0.0001,
    "鑫": 0.00001,
}
_PLANTED = {
    "学校": "以上事项由学校负责解释，如有疑问请与经办部门联系。",
    "公示": "现予公示，公示期内如有异议，请以书面形式提出。",
    "食堂": "食堂伙食费单独核算，收支情况每月公布一次。",
    "职称": "本年度职称评审推荐名单及材料已经评议通过。",
    "助学金": "国家助学金按照家庭经济情况分档发放到卡。",
    "奖学金": "奖学金获奖学生名单由评审小组集体审定。",
    "校车": "校车运行线路和停靠站点自下周一起作出调整。",
    "鑫": "中标单位为鑫源后勤服务有限公司，合同期一年。",
}
_COMMON = """
经校务会议研究并报上级主管部门备案，现将有关情况公布如下。
请广大家长和社会各界予以监督，监督电话见文末。
本办法自公布之日起施行，以前规定与此不一致的以本办法为准。
收费项目、收费标准和依据均按市发改委、财政局、教育局文件执行。
各年级班主任应当在家长会上说明，并做好书面记录。
报名时间为每日上午八时三十分至十一时三十分，逾期不再办理。
申请人应提交户口簿、居住证和监护人身份证的原件及复印件。
采购方式为竞争性磋商，成交金额以合同为准，验收由三人以上共同进行。
经费来源为年度预算公用经费，专款专用，年终接受审计。
评议小组由教师代表、家长代表和责任督学组成，实行一人一票。
教职工代表大会应到代表六十人，实到五十八人，表决通过。
值班人员应坚守岗位，遇到突发情况立即报告并妥善处置。
课后服务实行自愿参加，可以按月选择，未参加的时段不收取费用。
安全检查发现的问题已列出清单，责任到人，限期整改完毕。
义务教育阶段新生按照划片范围就近入学，不举行任何形式的考试。
因特殊原因需要减免的，可向班主任提出书面申请，由总务处核定。
""".strip().splitlines()
_CATALOGUE = Path(__file__).parents[2] / "disclosures" / "catalogue" / "k12.csv"


class Text(NamedTuple):
    """A notice's title, its plain text, and the words the index is given of them."""

    title: str
    lines: list[str]
    words: str


def titles() -> list[tuple[str, str, str, str]]:
    """Code, category code, category and title of the entries that hold no planted word."""
    with _CATALOGUE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    names = ("code", "category_code", "category_zh", "title_zh")
    return [
        tuple(row[name] for name in names)
        for row in rows
        if not any(word in row["title_zh"] + row["category_zh"] for word in SHARES)
    ]


class Texts:
    """Texts by number: the same for the same number, however many there are."""

    def __init__(self) -> None:
        told = [f"{title}的有关内容另见附件，由责任部门及时更新。" for *_names, title in titles()]
        self.lines = [*_COMMON, *told]
        # As in any office, a few sentences do most of the work.
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.lines))))
        self.words = {line: words_of(line) for line in [*self.lines, *_PLANTED.values()]}

    def text(self, number: int, title: str) -> Text:
        drawn = Random(number)  # noqa: S311  no secret
        lines = drawn.choices(self.lines, cum_weights=self.weights, k=drawn.randint(3, 7))
        lines += [_PLANTED[word] for word, share in SHARES.items() if drawn.random() < share]
        named = f"{title}（{number}号）"
        words = [
            words_of(title),
            str(number),
            words_of("号"),
            *(self.words[line] for line in lines),
        ]
        return Text(named, lines, " ".join(words))


@lru_cache(maxsize=10_000)
def words_of(text: str) -> str:
    return " ".join(plain(word) for word in bigrams(text).split())
