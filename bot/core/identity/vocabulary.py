"""The few words that decide whether an edit matters, by language: closed classes, not a dictionary.

A trailing ``*`` makes a stem (any ending). Keys are ISO 639-1 codes. Words are written folded, as ``canonical`` has
them.

``function``   the most frequent words: they tell the languages apart, and weigh little
``negation``   ``vague``   quantities without a number   ``article``   words that also mean one
``killed`` ``wounded`` ``missing``   what happened to people; another class is another fact
``toll``       people harmed, uncounted
``danger``     what makes an addition worth an alert
``denial``     a report is contradicted, by its source or by another side
``report`` ``ours`` ``withdrawn`` ``wrong``   a source takes back its words ("this report has been withdrawn")
``says``       reporting verbs   ``generic``   speakers that any of the others may be called
``title``      offices and ranks: no names, however they are written   ``updated``   a label that tells of an edit
``lead``       what opens a formulaic lead-in ("According to …,")
``at`` ``area``   what stands before a place, and nouns of places   ``body``   nouns in the names of institutions
``compass``    north, south, east, west, in this order
"""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "function": (
            "he she they we you his her who which there these those the of and to in that has have was were by for "
            "with from on at is are said it as be an its their"
        ),
        "negation": "not no n't never none nobody neither nor without cannot",
        "vague": "several some many few numerous multiple",
        "article": "a an",
        "killed": "kill* lives dead die died dies dying death* fatal* slain murder*",
        "wounded": "wound* injur* hurt",
        "missing": "missing unaccounted",
        "toll": "casualt* victim* harm* toll",
        "danger": (
            "shell shelled shelling* missile* rocket* strike* struck bomb* explosion* explode* blast* drone* attack* "
            "siren* evacuat* shelter* fire fires burn* ablaze collaps* mortar* artillery airstrike* gunfire hostage* "
            "casualt* victim*"
        ),
        "denial": (
            "deny denie* denied denying denial* false falsely fake untrue refut* disinformation incorrect* erroneous* "
            "correction corrected clarification clarified clarifies misstat* rebut* unfounded"
        ),
        "report": (
            "report reports update post item entry story claim statement information alert message article bulletin "
            "publication"
        ),
        "ours": "this our that we earlier previous above",
        "withdrawn": (
            "withdrawn withdraw withdrew withdrawing retract* removed remove deleted delete rescind* disregard "
            "unpublished"
        ),
        "wrong": "wrong false incorrect untrue erroneous inaccurate mistaken mistake unfounded",
        "generic": (
            "officials official authorities authority government spokesperson spokesman spokeswoman sources source "
            "media local regional head chief it he she"
        ),
        "title": (
            "president prime minister pm premier general colonel major captain lieutenant mayor governor chancellor "
            "secretary chief mr mrs ms dr sir king queen prince ambassador spokesperson spokesman spokeswoman deputy "
            "senator col gen gov lt"
        ),
        "updated": "updated update last",
        "says": (
            "said say says told announced announce announces reported report reports stated states wrote writes added "
            "noted tweeted confirmed claimed declared according"
        ),
        "lead": "according",
        "at": "in at near from toward towards outside around between inside above over hit struck shelled bombed",
        "area": (
            "city town village district region province area settlement* direction neighbourhood neighborhood port "
            "suburb* oblast governorate county community airport station bridge street"
        ),
        "body": (
            "ministry service army forces council party agency university government parliament police committee "
            "office union organization organisation department authority guard command company news post press "
            "republic federation kingdom states territory"
        ),
        "compass": "north* south* east* west*",
    },
    "ru": {
        "function": (
            "он она они мы это там где в и на что с по не из от к для как при за об о во его их был были также"
        ),
        "negation": "не нет ни без никто никого нельзя отсутств*",
        "vague": "несколько некоторые многие",
        "article": "",
        "killed": "погиб* убит* убил* мертв* смерт* скончал* умер*",
        "wounded": "ранен* ранил* пострада* травм*",
        "missing": "пропал* пропавш*",
        "toll": "жертв* пострада*",
        "danger": (
            "обстрел* ракет* удар* взрыв* бомб* беспилотник* дрон* атак* сирен* эвакуа* пожар* загорел* горит снаряд* "
            "артиллер* миномет* тревог* заложник* разруш* жертв*"
        ),
        "denial": (
            "опроверг* опроверж* отрица* ложн* фейк* недостоверн* неверн* уточнил уточнила уточнили уточнение "
            "исправл* поправк* дезинформац*"
        ),
        "report": "сообщени* информаци* новост* запис* публикаци* заявлени* заметк* материал* пост",
        "ours": "это эта этот эту данное данная данную мы наше наша нашу ранее",
        "withdrawn": "отозва* удален* удали* аннулир*",
        "wrong": "ошибочн* неверн* ложн* недостоверн* ошибк*",
        "generic": "власти чиновники источник* представител* пресс спикер она он они",
        "title": "президент* премьер* министр* генерал* полковник* губернатор* мэр*",
        "updated": "обновлен* обновлено дополнен*",
        "says": "сказал* сообщ* заяви* отмети* написал* добавил* рассказал* уточнил* подчеркнул* объявил*",
        "lead": "согласно",
        "at": "в во под около близ из у над между возле",
        "area": (
            "город* поселк* поселок сел* деревн* район* област* направлени* населенн* кра* станици* аэропорт* улиц*"
        ),
        "body": (
            "министерств* минобороны служб* арми* совет* парти* агентств* правительств* парламент* полици* мчс комитет*"
        ),
        "compass": "север* юг*|южн* восток*|восточн* запад*",
    },
    "uk": {
        "function": (
            "він вона вони ми це там де в у і та на що з по не із від до для як при за об про його їх був були також"
        ),
        "negation": "не ні немає нема без ніхто нікого жодн* відсутн*",
        "vague": "кілька декілька деякі багато",
        "article": "",
        "killed": "загин* вбит* убит* мертв* смерт* помер*",
        "wounded": "поранен* постражда* травм*",
        "missing": "зник*",
        "toll": "жертв* постражда*",
        "danger": (
            "обстріл* ракет* удар* вибух* бомб* безпілотник* дрон* шахед* атак* сирен* евакуа* пожеж* загор* горить "
            "снаряд* артилер* тривог* заручник* зруйн* жертв*"
        ),
        "denial": (
            "спростув* заперечу* заперечи* неправд* фейк* недостовірн* хибн* уточнив уточнила уточнили уточнення "
            "виправл* дезінформац*"
        ),
        "report": "повідомлення інформаці* новин* запис* публікаці* заяв* допис* матеріал*",
        "ours": "це ця цей цю дане дана ми наше наша нашу раніше",
        "withdrawn": "відклика* видален* видали* вилуч*",
        "wrong": "помилков* хибн* неправдив* недостовірн* помилк*",
        "generic": "влада чиновники джерел* представник* речник* речниця він вона вони",
        "title": "президент* премєр* міністр* генерал* полковник* губернатор* мер мера меру мером",
        "updated": "оновлен* доповнен*",
        "says": "сказа* повідом* заяви* зазнач* написа* дода* розпові* уточни* наголос* оголоси*",
        "lead": "згідно",
        "at": "в у під біля з із над між поблизу",
        "area": "міст* селищ* сел* район* област* напрям* громад* аеропорт* вулиц*",
        "body": ("міністерств* міноборони служб* армі* рад* парті* агентств* уряд* парламент* поліці* дснс комітет*"),
        "compass": "північ* півд* схід*|східн* захід*|західн*",
    },
    "hy": {
        "function": "նա նրանք մենք սա է եւ են որ այս էր ու մեջ հետ է՛ ըստ մասին իր նաեւ դեպի համար ից ին եմ",
        "negation": "չի չեն չէ չկա ոչ չկան առանց չէր չէին մի՛",
        "vague": "որոշ բազմաթիվ",
        "article": "մի",
        "killed": "զոհ* սպան* մահ* մահաց*",
        "wounded": "վիրավոր* տուժ*",
        "missing": "անհետ*",
        "toll": "զոհ* տուժ*",
        "danger": (
            "հրետ* հրթիռ* հարված* պայթ* ռմբ* դրոն* անօդաչու* հարձակ* տագնապ* տարհան* հրդեհ* այրվ* գնդակոծ* ռմբակոծ* "
            "ականանետ*"
        ),
        "denial": "հերք* կեղծ* սուտ ստահոդ ապատեղեկատվ* սխալ* ճշտում ուղղում",
        "report": "հաղորդագր* տեղեկատվ* լուր* նյութ* գրառ* հայտարար* տեղեկություն*",
        "ours": "այս մենք մեր սույն",
        "withdrawn": "հանվ* հանել հանեցինք հեռաց* ջնջ* չեղարկ*",
        "wrong": "սխալ* կեղծ* սուտ",
        "generic": "",
        "title": "նախագահ նախագահը վարչապետ վարչապետը նախարար նախարարը գեներալ գնդապետ",
        "updated": "թարմաց*",
        "says": "ասել* ասաց հայտնել* հայտնում* հայտն* նշել* նշեց գրել* գրեց հավելել* հայտարար*",
        "lead": "ըստ համաձայն",
        "at": "դեպի մոտ",
        "area": "քաղաք* գյուղ* շրջան* մարզ* բնակավայր* ուղղությ*",
        "body": "նախարար* ծառայ* բանակ* խորհուրդ* կուսակց* գործակալ* կառավար* ոստիկան*",
        "compass": "հյուսիս* հարավ* արեւել* արեւմ*",
    },
    "fr": {
        "function": (
            "le la les des du et en que dans a est une un pour par sur au qui ont ete son avec aux été à d l il elle "
            "ils elles ce cette nous"
        ),
        "negation": "ne n pas aucun aucune jamais ni sans personne nul",
        "vague": "plusieurs quelques nombreux nombreuses certains",
        "article": "un une",
        "killed": "tue tues tué tuée tués tuées mort morts morte mortes deces décès décédé* mourir",
        "wounded": "bless*",
        "missing": "disparu*",
        "toll": "victime* bilan",
        "danger": (
            "bombard* missile* roquette* frapp* explos* bombe* drone* attaqu* sirène* évacu* incend* feu obus "
            "artillerie alerte* tirs otage* abri* victime*"
        ),
        "denial": (
            "dément* démenti* nie nié faux fausse fausses réfut* désinformation erroné* incorrect* rectific* rectifi* "
            "précision correction"
        ),
        "report": "information informations message article publication dépêche déclaration nouvelle alerte brève",
        "ours": "cette ce cet notre nos nous",
        "withdrawn": "retiré* retirons supprimé* supprimons rétracté* effacé* annulé*",
        "wrong": "faux fausse erroné* incorrect* inexact* erreur",
        "generic": "",
        "title": "chef état république président* premier première ministre* général colonel maire m mme",
        "updated": "mis mise actualisé* jour",
        "says": "dit déclaré annoncé affirmé indiqué rapporté écrit ajouté précisé expliqué confirmé assuré",
        "lead": "selon",
        "at": "à a en dans près vers depuis sur",
        "area": (
            "ville village district région province quartier localité direction gouvernorat port aéroport commune rue"
        ),
        "body": (
            "ministère service armée forces conseil parti agence université gouvernement parlement police comité union"
        ),
        "compass": "nord* sud* est|orient* ouest*",
    },
    "de": {
        "function": (
            "er sie es wir dies dort der die das und in den von zu mit ist im des dem auf für nicht sich ein eine hat "
            "werden wurde sind bei"
        ),
        "negation": "nicht kein keine keinen keiner keinem nie niemand ohne weder",
        "vague": "mehrere einige viele zahlreiche wenige",
        "article": "ein eine einen einem einer eines",
        "killed": "getötet* tot tote toten toter gestorben ums todesopfer starb* sterb* getoetet*",
        "wounded": "verletz* verwund*",
        "missing": "vermisst*",
        "toll": "opfer*",
        "danger": (
            "beschuss* beschoss* rakete* schlag* angriff* angegriff* explosion* explodi* bombe* bombard* drohne* "
            "sirene* evakui* brand* brenn* feuer* luftalarm* artillerie* einschlag* geisel* granat* opfer*"
        ),
        "denial": (
            "dementier* dementi bestreit* bestritt* falsch* fake widerleg* desinformation korrektur korrigier* "
            "irrtümlich* richtigstell* zurückgewiesen"
        ),
        "report": ("meldung* bericht* beitrag eintrag nachricht* information* mitteilung* artikel angabe* erklärung"),
        "ours": "diese dieser dieses diesen unsere unser unseren wir",
        "withdrawn": "zurückgezogen zurückgenommen gelöscht entfernt widerrufen",
        "wrong": "falsch* unrichtig* fehlerhaft* irrtümlich* unzutreffend*",
        "generic": "",
        "title": (
            "präsident präsidentin ministerpräsident ministerpräsidentin kanzler kanzlerin minister ministerin "
            "general oberst gouverneur* bürgermeister* herr frau"
        ),
        "updated": "aktualisiert* update stand",
        "says": ("sagte sagt erklärte teilte meldete meldet berichtete berichtet schrieb betonte kündigte bestätigte"),
        "lead": "laut nach zufolge",
        "at": "in bei nahe aus nach um vor",
        "area": "stadt dorf region bezirk gebiet provinz oblast ort kreis richtung hafen flughafen",
        "body": (
            "ministerium verteidigungsministerium armee rat partei agentur universität regierung parlament polizei"
        ),
        "compass": "nord*|nörd* süd*|sued* ost* west*",
    },
    "es": {
        "function": (
            "ella ellos esta este esto allí el la los las de del y en que a un una por con se su para al es ha han "
            "fue lo como más"
        ),
        "negation": "no ni sin nunca ningún ninguna ninguno nadie tampoco",
        "vague": "varios varias algunos algunas muchos muchas numerosos",
        "article": "un una",
        "killed": "muert* mata* fallec* murió murieron asesin*",
        "wounded": "herid* lesion*",
        "missing": "desaparecid*",
        "toll": "víctima* baja*",
        "danger": (
            "bombarde* misil* cohete* ataque* atac* explosi* explot* bomba* dron* sirena* evacu* incend* fuego "
            "artiller* alarma* rehen* proyectil* víctima*"
        ),
        "denial": (
            "desmient* desment* desmint* niega niegan negó falso falsa falsos refut* desinformación incorrect* "
            "erróne* corrección corregi* rectific* aclar*"
        ),
        "report": "información noticia informe entrada publicación mensaje comunicado declaración nota",
        "ours": "esta este nuestra nuestro hemos",
        "withdrawn": "retirad* retiramos eliminad* eliminamos borrad* retractad*",
        "wrong": "falso falsa incorrect* erróne* inexact* error",
        "generic": "",
        "title": "presidente presidenta primer ministro ministra general coronel gobernador* alcalde* sr sra",
        "updated": "actualizad*",
        "says": "dijo dice declaró anunció informó afirmó señaló aseguró escribió añadió indicó confirmó",
        "lead": "según",
        "at": "en a cerca desde hacia sobre",
        "area": "ciudad pueblo aldea región provincia distrito localidad zona dirección barrio puerto aeropuerto",
        "body": (
            "ministerio servicio ejército fuerzas consejo partido agencia universidad gobierno parlamento policía "
            "comité"
        ),
        "compass": "nort* sur|sure* este|orient* oeste|occident*",
    },
    "it": {
        "function": (
            "il la i le di del della e in che a un una per con si è ha al da sono gli dei nel non più alla lui lei "
            "loro questo questa"
        ),
        "negation": "non né senza mai nessun nessuna nessuno",
        "vague": "diversi diverse alcuni alcune molti molte numerosi",
        "article": "un una uno",
        "killed": "mort* uccis* decedut* vittim* mor*",
        "wounded": "ferit*",
        "missing": "dispers* scompars*",
        "toll": "vittim*",
        "danger": (
            "bombard* missil* razz* attacc* esplos* bomb* dron* siren* evacua* incend* fuoco artiglier* allarm* ostagg*"
        ),
        "denial": (
            "smenti* nega negato falso falsa falsi confutat* disinformazione errat* rettific* correzione precisazione"
        ),
        "report": "notizia informazione messaggio articolo pubblicazione post dichiarazione nota aggiornamento",
        "ours": "questa questo nostra nostro abbiamo",
        "withdrawn": "ritirat* ritiriamo rimoss* rimuoviamo cancellat* eliminat*",
        "wrong": "falso falsa errat* sbagliat* inesatt* errore",
        "generic": "",
        "title": "presidente premier ministro ministra generale colonnello governatore sindaco",
        "updated": "aggiornat* aggiornamento",
        "says": ("detto dice dichiarato annunciato riferito affermato scritto aggiunto spiegato confermato riporta fa"),
        "lead": "secondo stando",
        "at": "a in nei ad presso verso da su",
        "area": "città villaggio regione provincia distretto zona direzione quartiere porto aeroporto",
        "body": (
            "ministero servizio esercito forze consiglio partito agenzia università governo parlamento polizia comitato"
        ),
        "compass": "nord* sud|meridion* est|orient* ovest|occident*",
    },
    "tr": {
        "function": (
            "o onlar biz ve bir bu da de için ile olan olarak daha çok sonra ise kadar göre olduğu en gibi olduğunu"
        ),
        "negation": "değil yok olmadı olmadığı olmadığını hiç hiçbir olmayan",
        "vague": "birkaç bazı çok birçok",
        "article": "bir",
        "killed": "öldü* öldür* ölü* öldü ölen* hayatını yaşamını şehit",
        "wounded": "yaral*",
        "missing": "kayıp kaybol*",
        "toll": "can kayb*",
        "danger": (
            "bombala* bombard* füze* roket* saldır* patla* bomba* drone* siren* tahliye* yangın* ateş* topçu* alarm* "
            "rehine* vur*"
        ),
        "denial": "yalanla* reddet* sahte asılsız yanlış* düzelt* tekzip dezenformasyon",
        "report": "haber* bilgi* mesaj* açıklama* paylaşım* gönderi* içerik*",
        "ours": "bu biz",
        "withdrawn": "kaldırıl* kaldırdık silin* sildik",
        "wrong": "yanlış* hatalı asılsız yanıltıcı",
        "generic": "",
        "title": "cumhurbaşkanı başbakan başbakanı bakan bakanı general vali valisi başkan başkanı",
        "updated": "güncelle*",
        "says": "dedi söyledi açıkladı bildirdi belirtti duyurdu yazdı ekledi kaydetti aktardı",
        "lead": "",
        "at": "",
        "area": "kent* şehir* şehri* köy* bölge* ilçe* il mahalle* havaliman*",
        "body": "bakanlı* servis* ordu* konsey* parti* ajans* hükümet* meclis* polis*",
        "compass": "kuzey* güney* doğu* batı*",
    },
    "az": {
        "function": "o onlar və bir bu da də üçün ilə olan daha çox sonra isə qədər görə edib ki onun",
        "negation": "deyil yoxdur yox olmayıb heç",
        "vague": "bir neçə bəzi çoxlu",
        "article": "bir",
        "killed": "öl* həlak* şəhid*",
        "wounded": "yaral*",
        "missing": "itkin",
        "toll": "itki* tələfat*",
        "danger": "atəş* raket* zərbə* hücum* partla* bomba* dron* siren* təxliyə* yanğın* artiller* mərmi*",
        "denial": "təkzib* yalan* saxta yanlış* düzəliş* dezinformasiya əsassız",
        "report": "xəbər* məlumat* mesaj* açıqlama* paylaşım*",
        "ours": "bu biz",
        "withdrawn": "silin* sildik götürül*",
        "wrong": "yanlış* səhv* yalan*",
        "generic": "",
        "title": "prezident prezidenti nazir naziri general",
        "updated": "yenilən*",
        "says": "deyib bildirib açıqlayıb yazıb əlavə qeyd söyləyib",
        "lead": "",
        "at": "",
        "area": "şəhər* kənd* rayon* bölgə* istiqamət*",
        "body": "nazirli* xidmət* ordu* şura* partiya* agentli* hökumət* polis*",
        "compass": "şimal* cənub* şərq* qərb*",
    },
    "ar": {
        "function": "هو هي هم في من على ان إلى الى أن التي الذي عن مع هذا كان قال بعد ما قد",
        "negation": "لا لم لن ليس ليست دون بدون غير عدم ما",
        "vague": "عدة بعض عدد العديد",
        "article": "",
        "killed": "قتل* مقتل* قتيل* قتلى وفاة توفي استشه* شهيد* شهداء",
        "wounded": "جرح* جريح* أصيب اصيب إصاب* اصاب* مصاب*",
        "missing": "مفقود*",
        "toll": "ضحايا إصابات خسائر",
        "danger": (
            "قصف* صاروخ* صواريخ غار* انفجار* قنبل* قنابل مسير* هجوم* صفار* إخلاء اخلاء حريق* مدفعي* قذائف رهائن"
        ),
        "denial": "نفى نفت ينفي تنفي نفي كاذب* زائف* مفبرك* تصحيح توضيح تكذيب مغلوط*",
        "report": "خبر الخبر تقرير التقرير المعلومات معلومات منشور المنشور بيان البيان تصريح",
        "ours": "هذا هذه نحن حذفنا سحبنا أزلنا",
        "withdrawn": "سحبنا حذف حذفنا إزالة ازالة أزلنا",
        "wrong": "خاطئ* خطأ كاذب* مغلوط*",
        "generic": "",
        "title": "الرئيس رئيس وزير الوزير",
        "updated": "تحديث حُدث محدث",
        "says": "قال قالت أعلن أعلنت أفاد أفادت ذكر ذكرت أكد أكدت صرح أضاف كتب",
        "lead": "وفقا بحسب حسب",
        "at": "في قرب من إلى الى باتجاه على شمال جنوب",
        "area": "مدينة بلدة قرية محافظة منطقة ضاحية حي مخيم مطار ميناء",
        "body": "وزارة جيش مجلس حزب وكالة حكومة برلمان شرطة",
        "compass": "شمال*|الشمال* جنوب*|الجنوب* شرق*|الشرق* غرب*|الغرب*",
    },
    "he": {
        "function": "הוא היא הם של את על לא עם כי זה אל גם כל בין או אך היה לאחר",
        "negation": "לא אין ללא אף בלי איש אינו אינה",
        "vague": "כמה מספר אחדים רבים",
        "article": "",
        "killed": "נהרג* הרוג* נרצח* מת מתו מתים הרג",
        "wounded": "נפצע* פצוע* נפגע*",
        "missing": "נעדר* נעדרים",
        "toll": "נפגעים קורבנות",
        "danger": "ירי טיל* רקט* תקיפ* פיצוץ פצצ* כטב* רחפן* התקפ* אזעק* פינוי שריפ* ארטילרי* חטופ* פגז* נפל*",
        "denial": "הכחיש* מכחיש* הכחש* שקר* שקרי* כוזב* הבהרה מוטעה",
        "report": "דיווח הדיווח ידיעה הידיעה עדכון העדכון פרסום הפרסום הודעה ההודעה",
        "ours": "זה זו זאת הזה הזו אנו אנחנו הסרנו מחקנו",
        "withdrawn": "הוסר* הסרנו נמחק* מחקנו בוטל*",
        "wrong": "שגוי* מוטעה כוזב* טעות",
        "generic": "",
        "title": "נשיא שר ראש",
        "updated": "עודכן עדכון",
        "says": "אמר אמרה הודיע הודיעה מסר מסרה דיווח דיווחה כתב כתבה הוסיף ציין נמסר",
        "lead": "לפי",
        "at": "ליד באזור בעיר ביישוב",
        "area": "העיר עיר כפר יישוב מחוז אזור שכונת שכונה קיבוץ מושב",
        "body": "משרד צבא צהל מועצת מפלגת סוכנות ממשלה כנסת משטרה",
        "compass": "צפון*|הצפון*|בצפון* דרום*|הדרום*|בדרום* מזרח*|המזרח*|במזרח* מערב*|המערב*|במערב*",
    },
}
