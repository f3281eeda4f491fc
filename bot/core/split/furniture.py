"""What stands on live pages besides news, known by its words: read-more lines, footers, labels, counters."""

from __future__ import annotations

import re

from bot.core.split.lines import Line

_SHORT = 160


def _opening(*words: str) -> str:
    return "|".join(word.replace(" ", r"\s+") for word in words)


_READ_MORE = _opening(
    "new on", "also on", "latest from our", "from our archive", "editors’ picks", "editor's picks", "most read",
    "read more", "read also", "also read", "see also", "watch also", "more on this", "related", "recommended",
    "don't miss", "more:", "must read", "further reading", "lire aussi", "à lire", "lire plus", "lire la suite",
    "voir aussi", "à voir", "retrouvez", "lesen sie auch", "mehr zum thema", "lesen sie", "auch interessant",
    "lee también", "leer más", "te puede interesar", "más información", "ver también", "leggi anche",
    "leggi di più", "vedi anche", "approfondisci", "ayrıca okuyun", "ilgili haber", "bunu da oku", "devamını oku",
    "həmçinin oxu", "ətraflı oxu", "bax həmçinin", "читайте также", "читать также", "смотрите также", "подробнее",
    "по теме", "читайте также:", "читайте більше", "читайте також", "дивіться також", "детальніше", "більше про",
    "читайте нас", "կարդացեք նաև", "կարդալ ավելին", "տես նաև", "اقرأ أيضا", "اقرأ أيضًا", "شاهد أيضا", "للمزيد",
    "المزيد", "קראו גם", "קראו עוד", "לכתבה המלאה", "leia também", "leia mais", "veja também", "czytaj też",
    "czytaj także", "zobacz też", "zobacz także", "czytaj więcej", "citește și", "vezi și", "διαβάστε επίσης",
    "διαβάστε ακόμα", "lees ook", "läs också", "läs mer", "les også", "läs även", "وقد يهمك", "بیشتر بخوانید",
    "წაიკითხეთ ასევე", "čtěte také", "přečtěte si", "olvasson még", "lue myös", "baca juga",
)  # fmt: skip
_FOLLOW = _opening(
    "follow us", "subscribe", "sign up", "join us", "join our", "share this", "share on", "support us",
    "support our", "download our app", "donate", "become a", "suivez-nous", "abonnez-vous", "inscrivez-vous",
    "partager", "folgen sie uns", "abonnieren", "teilen", "síguenos", "suscríbete", "compartir", "seguici",
    "iscriviti", "condividi", "bizi takip", "abone ol", "paylaş", "bizi izləyin", "подписывайтесь", "подпишитесь",
    "поделиться", "підписуйтесь", "підпишіться", "поділитися", "հետևեք", "բաժանորդագրվեք", "تابعونا", "اشترك",
    "شارك", "עקבו אחרינו", "הירשמו", "שתפו", "obserwuj nas", "siga-nos", "inscreva-se", "ακολουθήστε", "volg ons",
    "följ oss", "only verified information", "тільки перевірена інформація",
)  # fmt: skip
_FOOTER = (
    r"©|\(c\)\s|copyright\b|all\s+rights\s+reserved|tous\s+droits\s+réservés|alle\s+rechte\s+vorbehalten|"
    r"todos\s+los\s+derechos|tutti\s+i\s+diritti|tüm\s+hakları|все\s+права\s+защищены|усі\s+права\s+захищ|"
    r"всі\s+права\s+захищ|բոլոր\s+իրավունքները|جميع\s+الحقوق|כל\s+הזכויות|bütün\s+hüquqlar|todos\s+os\s+direitos|"
    r"wszelkie\s+prawa|toate\s+drepturile|terms\s+of\s+(?:use|service)|privacy\s+policy|cookie\s+policy|impressum\b|"
    r"contact\s+us$|about\s+us$|mentions\s+légales|developed\s+by\b|powered\s+by\b|site\s+by\b|designed\s+by\b|"
    r"разработ(?:ка|ано)\s+(?:сайта|в)|(?:tags?|теги|mots[- ]clés|schlagworte|etiketler|etiquetas)\s*:"
)
_BYLINE = re.compile(
    r"(?i:by|from|reporting\s+(?:by|from)|written\s+by|edited\s+by|author|par|von|por|di|a\s+cura\s+di|yazan|haber|müəllif|"
    r"автор|редактор|текст|հեղինակ|بقلم|كتب|מאת|autor|door|av|af|autore|rédaction)\s*[:|]?\s+(?=[^\W\d_a-zа-яё])"
)
_SOURCE = re.compile(
    r"(?i:source|sources|quelle|quellen|fuente|fonte|fonti|kaynak|mənbə|источник|источники|джерело|джерела|աղբյուր|"
    r"المصدر|מקור|źródło|sursa|πηγή|bron|källa)\s*[:：—–-]\s*\S"
)
_CAPTION = re.compile(
    r"(?i:photo|image|picture|video|foto|fotos|bild|photographie|imagen|fotoğraf|фото|фотография|світлина|լուսանկար|"
    r"صورة|צילום|şəkil|zdjęcie|caption|file\s+photo|credit|crédit(?:\s+photo)?|getty\s+images)\s*[:：/©|]"
)
_UPDATED = re.compile(
    r"(?i:updated|last\s+updated|edited|modified|corrected|mis\s+à\s+jour|mise\s+à\s+jour|aktualisiert|actualizado|aggiornato|"
    r"güncelleme|güncellendi|son\s+güncelleme|yenilənib|обновлено|изменено|оновлено|թարմացվել|آخر\s+تحديث|עודכן|atualizado|zaktualizowano)\b"
    r"(?=.{0,40}\d)"
)
_COUNTER = re.compile(
    r"[\W_]*\d[\d.,\s]*\s?[kKmMтк]?\s?(?i:comments?|views?|shares?|likes?|min(?:utes?|s)?\.?\s+(?:read|ago)|h(?:ours?|rs?)?\s+ago|"
    r"commentaires?|vues?|partages?|kommentare?|aufrufe|comentarios|commenti|yorum|görüntülenme|комментари\w+|просмотр\w+|"
    r"коментар\w+|перегляд\w+|хв\s+\w+|мин(?:ут\w*)?\s+назад|хв(?:илин\w*)?\s+тому)?[\W_]*"
)
_AGO_WORDS = (
    r"(?i:(?:less\s+than\s+)?\d+\s?(?:s|sec|secs|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?)"
    r"(?:\s\d+\s?(?:m|mins?))?\s+ago|il\s+y\s+a\s+\d+\s\w+|vor\s+\d+\s\w+|hace\s+\d+\s\w+|"
    r"\d+\s\w+\s+(?:fa|önce|назад|тому|əvvəl|առաջ)|قبل\s+\d+\s\w+|לפני\s+\d+\s\w+)"
)
_AGO = re.compile(rf"[\W_]*{_AGO_WORDS}[\W_]*")
_AGO_BEFORE = re.compile(rf"[\W_]*{_AGO_WORDS}\W*(?=\w)")
_AGO_AFTER = re.compile(rf"\W+{_AGO_WORDS}[\W_]*$")
_RULE = re.compile(r"[\W_]+")
_LABELS = re.compile(
    r"(?i:key\s+(?:event|update|moment)s?|pinned(?:\s+(?:post|update))?|breaking(?:\s+news)?|live|new|share(?:\s+\w+)?|copy\s+link|link\s+copied!?|"
    r"advertisement|advertising|ad|sponsored|publicité|anzeige|werbung|publicidad|pubblicità|reklam|реклама|load\s+more|"
    r"show\s+more|more|top|back\s+to\s+top|en\s+direct|partager|teilen|compartir|condividi|paylaş|поделиться|поділитися|видео|"
    r"відео|(?:video|photo|picture)s?(?:\s+of(?:\s+the)?\s+day)?|gallery|tweet|facebook|twitter|telegram|whatsapp|x|print|e-?mail|save)[.:!]?"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("promo", re.compile(rf"[\W_]*(?:{_READ_MORE}|{_FOLLOW})(?!\w)", re.IGNORECASE)),
    ("footer", re.compile(rf"[\W_]*(?:{_FOOTER})|.{{0,60}}(?:©|all\s+rights\s+reserved)", re.IGNORECASE)),
    ("caption", _CAPTION),
    (
        "caption",
        re.compile(r".{0,140}\((?i:photo|foto|bild|image|illustration|фото|світлина|צילום|լուսանկար|صورة|crédit)\s*:"),
    ),
    ("updated-at", _UPDATED),
)
_WHOLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("separator", _RULE),
    ("label", _LABELS),
    ("counter", _COUNTER),
    ("counter", _AGO),
)


def furniture(line: Line) -> str | None:
    """Why a line is no news whatever stands around it (its words give it away), or ``None``."""
    if len(line.text) > _SHORT:
        return None
    for reason, pattern in _WHOLE:
        if pattern.fullmatch(line.text):
            return reason
    return next((reason for reason, pattern in _PATTERNS if pattern.match(line.text)), None)


def is_bare_label(line: Line) -> bool:
    """Whether a read-more line announces what follows it instead of naming it («Read also:», «New on this site»)."""
    return line.words <= 6 and (line.text.endswith(":") or (":" not in line.text and not line.is_sentence))


def is_relative_time(line: Line) -> bool:
    """Whether a line says nothing but how long ago something was posted («4 min ago»)."""
    return len(line.text) <= 40 and _AGO.fullmatch(line.text) is not None


def without_relative_time(text: str) -> tuple[int, int]:
    """Where a short line's stamp starts and ends without a «3h ago» before or after it."""
    before = _AGO_BEFORE.match(text) if len(text) <= 60 else None
    start = before.end() if before else 0
    after = _AGO_AFTER.search(text, start) if len(text) <= 60 else None
    return start, after.start() if after else len(text)


def is_byline(line: Line) -> bool:
    """Whether a short line names who wrote or first reported something, and says nothing else."""
    return line.words <= 10 and not line.is_sentence and bool(_BYLINE.match(line.text) or _SOURCE.match(line.text))


_JOINS = frozenset(("and", "und", "et", "y", "e", "и", "і", "та", "&"))
_LONGEST_NAMES = 60
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def is_name(line: Line) -> bool:
    """Whether a line is nothing but the names of persons: a few words, each begun with a capital letter."""
    parts = [part.strip(",.") for part in line.text.split()]
    words = [part for part in parts if part.casefold() not in _JOINS]
    if len(line.text) > _LONGEST_NAMES or line.is_sentence or not 2 <= len(words) <= 6 or len(words) < len(parts) - 2:
        return False
    return all(
        word[:1].isupper() and word.replace("-", "").replace("’", "").replace("'", "").isalpha() for word in words
    )
