"""Who says it, in the many ways in which news says so."""

from __future__ import annotations

import pytest

from bot.core.model import NewsUpdate
from bot.packs import Packs

ENGLISH = [
    # other verbs than saying
    ("The border service counted 19 boats on Monday.", ("border service",)),
    ("The road is mined, the Tarvin sheriff warned drivers.", ("Tarvin sheriff",)),
    ("Norland will send nobody, Rolf Tamm repeated on the radio.", ("Rolf Tamm",)),
    ("Ana Lind asked for more pumps; the Union's Omar Sief answered that they would come.", ("Ana Lind", "Omar Sief")),
    ("Ana Lind thanked Karst, and Omar Sief spoke of a good hour.", ("Ana Lind", "Omar Sief")),
    ("The mayor of Tarvin, Ana Lind, put the number of injured at 40.", ("Ana Lind",)),
    ("The observatory has put the magnitude at 5.6.", ("observatory",)),
    ("Two MPs were jailed. The Supreme Court of Karst ruled that the ban is void.", ("Supreme Court of Karst",)),
    ("Karst's junta accused Norland of arming rebels.", ("Karst's junta",)),
    ("Pope Tarn prayed for the miners.", ("Pope Tarn",)),
    ("The wells are dry, a Save the Children assessment team said.", ("Save the Children",)),
    # who means himself by "we", and whose quotation it is
    ("Tamm: We will go into the valley.", ("Tamm",)),
    ('For teacher Rana Sief the worst is the dark: "They forget what a lamp is."', ("Rana Sief",)),
    # what only looks like speech
    ("Karst recalls its envoy from Norland.", ()),
    ("Karst's demands rejected", ()),
    ("Norland to announce new dates", ()),
    ("Weather for the Tarvin region: fog.", ()),
    ("Hospital documents list forty beds.", ()),
    # According to, and its kin
    ("According to Karst's Ministry of Defence, the night was calm.", ("Karst's Ministry of Defence",)),
    ("Three houses burned down, according to mayor Ola Brand.", ("Ola Brand",)),
    ("The road is mined, according to the regional military administration.", ("regional military administration",)),
    (
        "Two people died, the news agency Norvale Wire reported, citing the Health Ministry.",
        ("Health Ministry",),
    ),
    ("A statement by the Norvale Foreign Ministry calls the vote illegal.", ("Norvale Foreign Ministry",)),
    # before the verb, with roles, explanations and asides
    ("Prime Minister Alda Renko said the talks would go on.", ("Alda Renko",)),
    ("Karst's foreign minister, Jon Helm, said on Monday that nothing was signed.", ("Jon Helm",)),
    ("Iva Moro, head of the Tarvin city council, wrote on Facebook that the bridge is closed.", ("Iva Moro",)),
    ("The General Staff also announced that the bridge was destroyed.", ("General Staff",)),
    ("UN spokesperson Dana Wirt told reporters that aid is on its way.", ("Dana Wirt",)),
    ("The Karst army (KDF) has said it hit nothing.", ("Karst army",)),
    ("Governor of the Lower Tarn region Petr Vale reported two explosions.", ("Petr Vale",)),
    ("Both Ana Lind and Omar Sief said they would sign.", ("Ana Lind", "Omar Sief")),
    ("Majid al-Harun, the spokesman for the militia, claimed that the town fell.", ("Majid al-Harun",)),
    ("The defence ministry denied the report.", ("defence ministry",)),
    ("The army's spokesman, Brigadier General Nabil Orso, denied the report.", ("Nabil Orso",)),
    (
        "Karst's premier and foreign minister, Sheikh Omar bin Hadi al-Zarr, told reporters so.",
        ("Omar bin Hadi al-Zarr",),
    ),
    ("The spokesperson for the UN secretary-general, Lena Marsh, said the convoy had arrived.", ("Lena Marsh",)),
    ("In a statement, the Foreign Ministry of Karst condemned the attack.", ("Foreign Ministry of Karst",)),
    ("The toll was confirmed by the Tarvin-based Ministry of Health.", ("Ministry of Health",)),
    ("As Norvale Post reports, three bridges were closed.", ("Norvale Post",)),
    ("“They shot at everything,” recalls Mika Rev, 61.", ("Mika Rev",)),
    ("Lang said he would meet Brand. Brand said it was early.", ("Lang", "Brand")),
    # after the verb
    ("“We will not leave,” said Oren Tal.", ("Oren Tal",)),
    ("“It was a long night,” said Dr Mina Falk of the district hospital.", ("Mina Falk",)),
    ("The town holds, - Air Force of Norvale", ("Air Force of Norvale",)),
    # before a colon, in a briefing, in a heading
    ("Karst Defence Ministry: two drones were shot down.", ("Karst Defence Ministry",)),
    ("In a live press briefing, Oren Tal of the Defence Ministry said the town holds.", ("Oren Tal",)),
    ("Genocide Watch Statement on Norvale\n\n“We are concerned.”", ("Genocide Watch",)),
    # he, she, the minister
    ("Alda Renko met the ambassador. She said the visit was short.", ("Alda Renko",)),
    ("President Vito Lang spoke in parliament. The president said taxes would rise.", ("Vito Lang",)),
    ("Jon Helm announced a pause. Helm added that it would last a week.", ("Jon Helm",)),
    ("Doctors Without Borders reported a shortage of beds.", ("Doctors Without Borders",)),
    # an owner before a name, an acronym that is a small word, who posted it
    ("Norvale TV's Mira Dahl reports from Karst that sirens were heard.", ("Mira Dahl",)),
    ("WHO: half of the clinics are closed", ("World Health Organization",)),
    ("The video was posted by Karst's Defence Ministry.", ("Karst's Defence Ministry",)),
    # whose words an outlet carries, and whose it does not
    ("Norvale Wire quoted Mayor Ola Brand as saying the bridge held.", ("Ola Brand",)),
    ("According to Norvale Wire, citing a source in the ministry, the deal is off.", ("Norvale Wire",)),
    ("A spokesperson for the UN refugee agency said 10,000 had fled.", ("UN refugee agency",)),
    ("Coast Guard officials said the ferry was safe.", ("Coast Guard",)),
    ("Renko: “We will stay.” Alda Renko is the prime minister.", ("Alda Renko",)),
    ("Ana Lind posted photographs of the clinic and called for help.", ("Ana Lind",)),
]
NOBODY = [
    "The road is closed until Friday.",
    "Explosions were heard in Tarvin, residents said.",
    "According to preliminary data, one person was hurt.",
    "It was announced that the border would open.",
    "Kyiv: explosions in the north of the city.",
    "Update: the fire is out.",
    "He was said to be in Norvale.",
    "They said the same thing a year ago.",
    "That said, the road stays closed.",
    "“This is not a truce,” a Norvale official told reporters.",
    "Local media reported three explosions.",
    "Sirens sounded in Belmora at noon.",
    "Videos posted on social media showed smoke.",
    "“Iran has said that it sees a threat,” the text reads.",
    "Norland recalled its ambassador in spring.",
    "The blast claimed the lives of two miners.",
]
OTHER_LANGUAGES = [
    ("ru", "При обстреле ранены двое, сообщил глава области Иван Карпов.", ("Иван Карпов",)),
    ("ru", "По данным Минобороны Карста, атака отбита.", ("Минобороны Карста",)),
    ("ru", "Об этом сообщили в МЧС.", ("МЧС",)),
    ("ru", "Завтра будет дождь.", ()),
    ("uk", "Унаслідок обстрілу загинули троє, повідомив начальник ОВА Олег Синій.", ("Олег Синій",)),
    ("uk", "За даними Генштабу ЗСУ, тривають бої.", ("Генштаб ЗСУ",)),
    ("uk", "Про це повідомив голова Карської ОВА Олег Синій.", ("Олег Синій",)),
    ("ru", "Об этом сообщил глава Карской ОВА Иван Карпов.", ("Иван Карпов",)),
    ("ar", "قالت وزارة الصحة بقطاع نورفال إن المستشفيات ممتلئة.", ("وزارة الصحة",)),
    ("ar", "أفادت الوزارة بأن المستشفيات ممتلئة.", ()),
    ("tr", "Yardım konvoyları beklerken uluslararası toplum saldırıyı kınadı.", ()),
    ("tr", "Savunma Bakanlığı, saldırının püskürtüldüğünü açıkladı.", ("Savunma Bakanlığı",)),
    ("tr", "Vali Murat Kara'ya göre üç kişi yaralandı.", ("Murat Kara",)),
    ("hy", "Պաշտպանության նախարարությունը հայտնել է, որ մարտերը շարունակվում են։", ("Պաշտպանության նախարարություն",)),
    ("hy", "Վարչապետ Արամ Տերյանը հայտարարել է, որ կգնա։", ("Արամ Տերյան",)),
    ("ar", "قال وزير الخارجية سامي النوري إن المحادثات مستمرة.", ("سامي النوري",)),
    ("ar", "أعلنت وزارة الصحة مقتل ثلاثة أشخاص.", ("وزارة الصحة",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speakers"), ENGLISH)
def test_english_names_the_speaker(packs: Packs, text: str, speakers: tuple[str, ...]) -> None:
    """Every way of saying who says it gives the name, lead speaker first."""
    assert packs.attribution(NewsUpdate(text, 0), language="en") == speakers


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_made_up(packs: Packs, text: str) -> None:
    """Where the text names nobody, there is no speaker."""
    assert packs.attribution(NewsUpdate(text, 0), language="en") == ()


@pytest.mark.parametrize(("language", "text", "speakers"), OTHER_LANGUAGES)
def test_other_languages_name_the_speaker(packs: Packs, language: str, text: str, speakers: tuple[str, ...]) -> None:
    """Verb-first, verb-last and uncased languages give the name as it stands in the text."""
    assert packs.attribution(NewsUpdate(text, 0), language=language) == speakers


def test_known_spellings_are_one_speaker(packs: Packs) -> None:
    """An agency under two names and a slip in a name are one speaker, by the name that the pack shows."""
    text = (
        "According to Artsakh’s State Service of Emergency Situations, the night was calm. "
        "The State Emergency Service of Artsakh said later that shelling resumed."
    )
    assert packs.attribution(NewsUpdate(text, 0), language="en") == ("State Service of Emergency Situations",)


def test_a_hostile_text_is_bounded(packs: Packs) -> None:
    """A long run of names and verbs gives a short list, and soon."""
    text = "Ana Lind said " * 80_000
    assert len(packs.attribution(NewsUpdate(text, 0), language="en")) <= 6
