"""Edits as editors make them, in twelve languages: the old words, the new words, and what becomes of the update."""

from __future__ import annotations

import pytest

from bot.core.identity import Added, Corrected, Decision, Same, Withdrawn, identify
from tests.core.identity.pages import news, page, remembered

SILENT, CORRECTED, ADDED, REMARK, WITHDRAWN = "silent", "corrected", "added", "remark", "withdrawn"

# What stands above and below the edited update: the page around it.
AROUND = {
    "en": (
        "The Defense Ministry said that shelling in Tarvin and Hadrun had stopped. Iran and Iraq sent"
        " observers. President Ilva Rosen met Russian Foreign Minister Pavel Korin in Lorin. Residents"
        " of Varde were evacuated."
    ),
    "ru": "Министерство обороны сообщило, что обстрел Заречного и Дубравы прекратился.",
    "uk": "Генеральний штаб повідомив, що обстріл Калинового та Заріччя припинився.",
    "fr": "Le ministère de la Défense a annoncé que les tirs sur Tarvin et Varennes avaient cessé.",
    "de": "Das Verteidigungsministerium teilte mit, der Beschuss von Tarwin und Warde habe aufgehört.",
    "es": "El Ministerio de Defensa anunció que los ataques contra Tarvin y Lorin cesaron.",
    "hy": "Պաշտպանության նախարարությունը հայտնել է, որ Տարվինի եւ Վարդեի հրետակոծությունը դադարել է։",
    "tr": "Savunma Bakanlığı, Tarvin ve Lorin'e saldırıların durduğunu duyurdu.",
    "ar": "أعلنت وزارة الدفاع أن القصف على مدينة كارست توقف.",
    "he": "משרד הביטחון הודיע כי הירי לעבר העיר קארסט נפסק.",
    "it": "Il ministero della Difesa ha annunciato che gli attacchi contro Tarvin e Lorin sono cessati.",
    "az": "Müdafiə Nazirliyi bildirib ki, Karst şəhərinə atəş dayandırılıb.",
}

EDITS: dict[str, list[tuple[str, str, str]]] = {
    "en": [
        (CORRECTED, "Two civilians were wounded in Karst.", "Three civilians were wounded in Karst."),
        (CORRECTED, "Two civilians were wounded in Karst.", "Two civilians were killed in Karst."),
        (CORRECTED, "Two civilians were wounded in Karst.", "Two civilians were wounded in Tarvin."),
        (CORRECTED, "At least 12 people were injured.", "At least 15 people were injured, three of them seriously."),
        (CORRECTED, "Iran sent observers to the border.", "Iraq sent observers to the border."),
        (
            SILENT,
            "Shelling resumed in Martuni early this morning. Residents took shelter.",
            "Early this morning, shelling resumed in Martuni. Residents took shelter.",
        ),
        (
            SILENT,
            "According to the State Service, rockets fell near the school in Varde. Nobody was hurt.",
            "Rockets fell near the school in Varde, the State Service said. Nobody was hurt.",
        ),
        (SILENT, "Nobody was hurt in the attack.", "No one was hurt in the attack."),
        (SILENT, "There were no casualties.", "No casualties were reported."),
        (CORRECTED, "There were no casualties.", "There were casualties."),
        (CORRECTED, "The bridge was not damaged.", "The bridge was damaged."),
        (CORRECTED, "Azerbaijan's army opened fire.", "Armenia's army opened fire."),
        (SILENT, "The drone was shot down at 9:30 p.m. near Karst.", "The drone was shot down at 21:30 near Karst."),
        (
            CORRECTED,
            "The drone was shot down at 9:30 p.m. near Karst.",
            "The drone was shot down at 8:30 p.m. near Karst.",
        ),
        (SILENT, "Around 80,000 people fled.", "Around 80 000 people fled."),
        (SILENT, "Around 80,000 people fled.", "Around 80 thousand people fled."),
        (CORRECTED, "Around 80,000 people fled.", "Around 90,000 people fled."),
        (
            SILENT,
            "The convoy will arrive tomorrow with food and medicine.",
            "The convoy with food and medicine will arrive tomorrow.",
        ),
        (CORRECTED, "The convoy will arrive on Tuesday.", "The convoy will arrive on Thursday."),
        (CORRECTED, "Police said the suspect was detained.", "The army said the suspect was detained."),
        (SILENT, "Officials said the road is closed.", "Authorities said the road is closed."),
        (SILENT, "Colonel Oren Malk said the attack was repelled.", "Col. Oren Malk said the attack was repelled."),
        (
            CORRECTED,
            "Colonel Oren Malk said the attack was repelled.",
            "Colonel Sevan Dahl said the attack was repelled.",
        ),
        (
            SILENT,
            "Defence Minister Anna Petrova visited the front.",
            "Defence minister Anna Petrova visited the front.",
        ),
        (ADDED, "Sirens sounded in Karst.", "Sirens sounded in Karst and Tarvin."),
        (ADDED, "Sirens sounded in Karst.", "Sirens sounded in Karst. Explosions followed at 22:15."),
        (ADDED, "Sirens sounded in Karst.", "Sirens sounded in Karst. A school in Ostra was hit."),
        (
            REMARK,
            "Sirens sounded in Karst. Two drones were shot down.",
            "Sirens sounded in Karst. Two drones were shot down. Residents are asked to stay in shelters.",
        ),
        (REMARK, "Explosions were heard in Karst.", "Explosions were heard in Karst. The cause is not yet known."),
        (
            REMARK,
            "Explosions were heard in Karst.",
            "Explosions were heard in Karst. Officials say they are looking into the reports.",
        ),
        (
            REMARK,
            "Explosions were heard in Karst.",
            (
                "Explosions were heard in Karst. Firefighters and rescue workers are at the scene, the regional"
                " administration says."
            ),
        ),
        (ADDED, "Explosions were heard in Karst.", "Explosions were heard in Karst. At least four people were killed."),
        (ADDED, "The minister met the envoy.", "The minister met the envoy. They agreed to meet again in Linden."),
        (REMARK, "The minister met the envoy.", "The minister met the envoy. Rosen called the talks useful."),
        (
            REMARK,
            "The minister met the envoy.",
            "The minister met the envoy. The spokesman, Tomas Behr, said more would follow.",
        ),
        (CORRECTED, "The army shelled the village.", "The army denied shelling the village."),
        (CORRECTED, "The ministry confirmed the strike.", "The ministry denied the strike."),
        (CORRECTED, "A hospital was hit.", "A hospital was hit. Correction: it was a school that was hit."),
        (CORRECTED, "A hospital was hit.", "A hospital was hit. The Defense Ministry has denied the report."),
        (WITHDRAWN, "A hospital was hit in Karst.", "This report has been withdrawn."),
        (WITHDRAWN, "A hospital was hit in Karst.", "[Withdrawn] A hospital was hit in Karst."),
        (WITHDRAWN, "A hospital was hit in Karst.", "We have withdrawn this update because it could not be verified."),
        (
            WITHDRAWN,
            "A hospital was hit in Karst.",
            "An earlier report in this space about a strike on a hospital was wrong and has been removed.",
        ),
        (
            WITHDRAWN,
            "A hospital was hit in Karst.",
            "Update: We are retracting this report. The hospital in Karst was not hit.",
        ),
        (WITHDRAWN, "A hospital was hit in Karst.", "This entry has been retracted: the hospital was not hit."),
        (
            WITHDRAWN,
            "A hospital was hit in Karst.",
            (
                "EDITOR’S NOTE: We published a report of a strike on a hospital at this time. It was incorrect"
                " and we have removed it."
            ),
        ),
        (
            SILENT,
            "The fire in the depot has been put out, rescuers say.",
            "The fire at the depot has been extinguished, rescuers say.",
        ),
        (
            SILENT,
            "Fighting goes on near Hadrun, wrote Gov. Jens Ohlert.",
            "Fighting continues near Hadrun, Governor Jens Ohlert wrote.",
        ),
        (
            SILENT,
            "Five houses were destroyed, and a school was damaged. The village has no power.",
            "Five houses were destroyed and a school was damaged; the village has no power.",
        ),
        (
            SILENT,
            "The army says it has taken Ostra. The claim could not be verified.",
            "The army says it has taken Ostra.",
        ),
        (
            SILENT,
            "Seven shells fell on Ostra overnight, the mayor said. There is no power.",
            "Seven shells fell on Ostra overnight, the mayor said.",
        ),
        (
            CORRECTED,
            "Two tanks were destroyed in the northern direction.",
            "Two tanks were destroyed in the southern direction.",
        ),
        (
            SILENT,
            "“There was no shelling from our territory,” Stepanyan said.",
            '"There was no shelling from our territory", said Stepanyan.',
        ),
        (CORRECTED, "The state of emergency ends on 12 May.", "The state of emergency ends on 14 May."),
        (CORRECTED, "The Red Cross delivered 60 tons of flour.", "The Red Crescent delivered 60 tons of flour."),
        (SILENT, "The US embassy in Lorin is closed.", "The U.S. embassy in Lorin is closed."),
        (SILENT, "Prime Minister Rosen spoke to the press.", "PM Rosen spoke to the press."),
        (CORRECTED, "Several people were wounded.", "Six people were wounded."),
        (CORRECTED, "Dozens were killed.", "Hundreds were killed."),
        (CORRECTED, "One child was among the dead.", "Two children were among the dead."),
        (CORRECTED, "A civilian was wounded.", "Two civilians were wounded."),
        (SILENT, "One civilian was wounded.", "A civilian was wounded."),
        (SILENT, "The shell hit a garage and one car.", "The shell hit a garage and a car."),
        (
            SILENT,
            "The ministry of defence says the attack was repelled.",
            "The Ministry of Defense says the attack was repelled.",
        ),
        (SILENT, "Stepanakret was shelled again tonight.", "Stepanakert was shelled again tonight."),
        (CORRECTED, "Hadrut was shelled again tonight.", "Martuni was shelled again tonight."),
        (SILENT, "He added that the negotiations would resume.", "She added that the negotiations would resume."),
        (SILENT, "Rosen: we are ready for talks.", "Rosen says: we are ready for talks."),
        (
            SILENT,
            "Karst: The situation is calm. There is shooting in the suburbs, residents write.",
            "Karst: The situation is calm. Residents write of shooting in the suburbs.",
        ),
        (CORRECTED, "Ilva Rosen will travel to Linden.", "Ilva Rosen will not travel to Linden."),
        (CORRECTED, "Talks in Linden will resume.", "Talks in Geneva will resume."),
        (
            CORRECTED,
            "The ceasefire starts at midnight on 10 October.",
            "The ceasefire starts at midnight on 11 October.",
        ),
        (
            SILENT,
            "Russia’s foreign minister says talks were useful.",
            "Russian foreign minister says talks were useful.",
        ),
        (
            REMARK,
            "The dam near Varde is damaged.",
            "The dam near Varde is damaged. It supplies much of the region with water and electricity.",
        ),
        (SILENT, "Sappers removed mines from the road.", "Sappers have removed mines from the road."),
        (SILENT, "The governor said there are no victims", "The governor said that there were no victims."),
        (SILENT, "BREAKING: Explosions in Karst", "Explosions in Karst"),
        (ADDED, "Explosions in Karst", "Explosions in Karst: two people wounded, mayor says"),
        (SILENT, "Photo: smoke over Karst. Fires were put out by morning.", "Fires were put out by morning."),
        (CORRECTED, "Fires broke out in 3 districts.", "Fires broke out in 13 districts."),
        (SILENT, "The enemy used S-300 missiles.", "The enemy used S300 missiles."),
        (SILENT, "The enemy lost 2 tanks, 3 APCs.", "The enemy lost two tanks and three APCs."),
        (
            CORRECTED,
            "Governor Jens Ohlert said that 1,200 people left.",
            "Governor Jens Ohlert said that 12,000 people left.",
        ),
        (SILENT, "Shells fell on Karst.", "[Updated at 15:40] Shells fell on Karst."),
        (SILENT, "Shells fell on Karst. Updated at 15:40.", "Shells fell on Karst. Updated at 16:10."),
        (SILENT, "Shells fell on Karst.", "Shells fell on Karst. (Last updated: 3:40 p.m.)"),
        (SILENT, "He said that Prime Minister Rosen left.", "He said that PM Rosen left."),
        (
            SILENT,
            "The envoy told Prime Minister Nikol Pashin that talks go on.",
            "The envoy told Armenian PM Nikol Pashin that talks go on.",
        ),
        (SILENT, "The report by the UN says aid is short.", "The report by the United Nations says aid is short."),
        (SILENT, "The mission said that Turkish forces left.", "The mission said that Turkey's forces left."),
        (
            SILENT,
            "It is known that Rosen condemned the shelling.",
            "It is known that Ilva Rosen condemned the shelling.",
        ),
        (
            CORRECTED,
            "Three people were killed in a strike on Karst.",
            "The strike on Karst killed at least five people, the mayor says.",
        ),
        (
            SILENT,
            "There was no shelling from the territory of Armenia.",
            "There was no shelling from the territory of the Republic of Armenia.",
        ),
        (CORRECTED, "The delegation flew to Linden for talks.", "The delegation flew to Lorin for talks."),
        (SILENT, "Photo: smoke over the city", "Photo: smoke over the city (Reuters)"),
        (REMARK, "The army hit the depot.", "The army hit the depot. Read more about the depot in our report."),
        (CORRECTED, "Explosions were heard in the Varde district.", "Explosions were heard in the Ostra district."),
        (
            CORRECTED,
            "The talks were attended by Foreign Minister Pavel Korin.",
            "The talks were attended by Defense Minister Oleg Stern.",
        ),
        (
            CORRECTED,
            "The plant employs 300 people, said director Emil Roth.",
            "The plant employs 3,000 people, said director Emil Roth.",
        ),
        (
            SILENT,
            "The plant employs 3000 people, said director Emil Roth.",
            "The plant employs 3,000 people, said director Emil Roth.",
        ),
        (ADDED, "The hospital was hit.", "The hospital was hit, killing two."),
        (ADDED, "The hospital was hit.", "The hospital was hit. A second strike followed 20 minutes later."),
        (SILENT, "Rescuers pulled a boy from the rubble.", "Rescue workers pulled a boy from the rubble."),
        (SILENT, "The army repelled the attack near Ostra.", "The army has repelled an attack near Ostra."),
        (
            CORRECTED,
            "The ceasefire holds, said the mayor of Varde.",
            "The ceasefire does not hold, said the mayor of Varde.",
        ),
        (
            CORRECTED,
            "The ceasefire holds, said the mayor of Varde.",
            "The ceasefire holds, said the governor of Lorin.",
        ),
        (SILENT, "The ministry said, that the road is closed .", "The ministry said that the road is closed."),
        (CORRECTED, "25 soldiers were captured.", "25 soldiers were killed."),
        (SILENT, "Fighting in the streets of Ostra.", "Fighting on the streets of Ostra."),
        (CORRECTED, "About 400 residents remain in Ostra.", "About 40 residents remain in Ostra."),
        (
            WITHDRAWN,
            "Shells hit the school in Ostra.",
            "NOTE: The above report has been retracted by the Norvale Post.",
        ),
        (
            WITHDRAWN,
            "Shells hit the school in Ostra.",
            "Shells hit the school in Ostra. [This report has since been withdrawn.]",
        ),
        (
            WITHDRAWN,
            "Shells hit the school in Ostra.",
            "Correction: our earlier report that a school in Ostra was hit was wrong. We withdraw it.",
        ),
        (
            CORRECTED,
            "Shells hit the school in Ostra.",
            "Correction: shells hit the kindergarten in Ostra, not the school.",
        ),
        (
            CORRECTED,
            "Shells hit the school in Ostra.",
            "Shells hit the school in Ostra. The mayor says the report is false.",
        ),
        (
            SILENT,
            "Four of the wounded are children, the hospital says.",
            "Four of the wounded are children, according to the hospital.",
        ),
        (
            CORRECTED,
            "Four of the wounded are children, the hospital says.",
            "Four of the wounded are soldiers, the police says.",
        ),
        (
            SILENT,
            (
                "According to the State Service of Emergency Situations, enemy forces opened fire in the "
                "direction of the Maternity Hospital using Smerch rocket launchers. One civilian was wounded and "
                "was transferred to hospital."
            ),
            (
                "Enemy forces have shelled the Maternity Hospital with Smerch rockets, the State Service of "
                "Emergency Situations reports. One civilian was wounded and was transferred to hospital."
            ),
        ),
        (
            SILENT,
            (
                "Defense Ministry spokesperson Shushan Arvid announced that the army did not fire on Falun and "
                "nearby villages."
            ),
            (
                "The army did not fire on Falun and nearby villages, Defense Ministry spokesperson Shushan Arvid "
                "announced."
            ),
        ),
        (
            SILENT,
            (
                "In a telephone call with Chancellor Sebastian Kurtz, Premier Ilva Rosen expressed her "
                "condolences over the attack in Vienna."
            ),
            (
                "Premier Ilva Rosen has expressed her condolences to Chancellor Sebastian Kurtz over the attack "
                "in Vienna in a telephone call."
            ),
        ),
        (
            SILENT,
            "Air defence shot down 18 of 21 drones over Karst during the night, the Air Force said.",
            "The Air Force says it downed 18 out of 21 drones over Karst overnight.",
        ),
        (
            SILENT,
            ("About 2,000 people have been evacuated from Varde since Monday, according to the regional governor."),
            "The regional governor says some 2,000 people have left Varde since Monday.",
        ),
        (
            SILENT,
            "Heavy shelling was reported in Ostra on Tuesday evening. Residents say that the power is out.",
            "Residents of Ostra reported heavy shelling on Tuesday evening and say that the power is out.",
        ),
        (
            SILENT,
            "Russian Foreign Minister Pavel Korin said that talks would resume in Geneva next week.",
            "Talks will resume in Geneva next week, according to Russian Foreign Minister Pavel Korin.",
        ),
        (
            SILENT,
            (
                "A missile hit an apartment building in the centre of Karst. At least three people were killed "
                "and 12 injured, Mayor Tomas Behr wrote on Telegram."
            ),
            (
                "At least three people were killed and 12 injured when a missile hit an apartment block in "
                "central Karst, Mayor Tomas Behr wrote on Telegram."
            ),
        ),
        (
            SILENT,
            "The United Nations says that 40 trucks with aid crossed the border at Rafin on Friday.",
            "Forty aid trucks crossed the border at Rafin on Friday, the UN says.",
        ),
        (
            SILENT,
            "The President of the European Council, Maria Lunde, called for restraint.",
            "European Council President Maria Lunde called for restraint.",
        ),
        (
            SILENT,
            "Israel's army says it struck 150 targets in Gaza overnight.",
            "The Israeli army says it hit 150 targets in Gaza overnight.",
        ),
        (
            SILENT,
            "The enemy lost 12 tanks and 31 armoured vehicles in a day, the General Staff said.",
            "In a day the enemy lost 12 tanks and 31 armoured vehicles, said the General Staff.",
        ),
        (
            SILENT,
            ("Fighting continued throughout the day in the eastern direction, near the villages of Ostra and Falun."),
            ("Throughout the day, fighting continued near the villages of Ostra and Falun, in the eastern direction."),
        ),
        (
            SILENT,
            "Two schools and a kindergarten were damaged. There is no information about casualties yet.",
            "Two schools and a kindergarten have been damaged, there's no information on casualties yet.",
        ),
        (
            SILENT,
            "The Prime Minister said that the army holds the road to Lorin.",
            "The Prime Minister said the army is holding the road to Lorin.",
        ),
        (
            SILENT,
            "Ambassador Jan Vermeer was summoned to the Foreign Ministry.",
            "The Foreign Ministry summoned Ambassador Jan Vermeer.",
        ),
        (
            CORRECTED,
            (
                "A missile hit an apartment building in the centre of Karst. At least three people were killed "
                "and 12 injured, Mayor Tomas Behr wrote on Telegram."
            ),
            (
                "At least four people were killed and 12 injured when a missile hit an apartment block in "
                "central Karst, Mayor Tomas Behr wrote on Telegram."
            ),
        ),
        (
            CORRECTED,
            "Air defence shot down 18 of 21 drones over Karst during the night, the Air Force said.",
            "The Air Force says it downed 19 out of 21 drones over Karst overnight.",
        ),
        (
            CORRECTED,
            ("About 2,000 people have been evacuated from Varde since Monday, according to the regional governor."),
            "The regional governor says some 3,000 people have left Varde since Monday.",
        ),
    ],
    "ru": [
        (
            CORRECTED,
            "В результате обстрела Дубравы ранены двое мирных жителей.",
            "В результате обстрела Дубравы ранены трое мирных жителей.",
        ),
        (
            CORRECTED,
            "В результате обстрела Дубравы ранены двое мирных жителей.",
            "В результате обстрела Заречного ранены двое мирных жителей.",
        ),
        (
            CORRECTED,
            "В результате обстрела Дубравы ранены двое мирных жителей.",
            "В результате обстрела Дубравы погибли двое мирных жителей.",
        ),
        (
            SILENT,
            "В результате обстрела Дубравы ранены двое мирных жителей.",
            "При обстреле Дубравы ранены 2 мирных жителя.",
        ),
        (CORRECTED, "Мост не повреждён, движение открыто.", "Мост повреждён, движение закрыто."),
        (SILENT, "Губернатор Андрей Сотников сообщил о взрыве.", "О взрыве сообщил губернатор Андрей Сотников."),
        (CORRECTED, "Губернатор Андрей Сотников сообщил о взрыве.", "Губернатор Павел Корин сообщил о взрыве."),
        (CORRECTED, "Обстрел ведётся с северного направления.", "Обстрел ведётся с южного направления."),
        (REMARK, "В городе слышны взрывы.", "В городе слышны взрывы. Подробности уточняются."),
        (ADDED, "В городе слышны взрывы.", "В городе слышны взрывы. Повреждены 12 домов."),
        (ADDED, "В городе слышны взрывы.", "В городе слышны взрывы. Удар пришёлся по посёлку Каменка."),
        (CORRECTED, "По больнице нанесён удар.", "По больнице нанесён удар. В министерстве опровергли это сообщение."),
        (
            WITHDRAWN,
            "По больнице нанесён удар.",
            "Сообщение об ударе по больнице удалено: информация не подтвердилась.",
        ),
        (WITHDRAWN, "По больнице нанесён удар.", "Мы отзываем это сообщение, данные оказались ошибочными."),
        (CORRECTED, "Заседание пройдёт в понедельник.", "Заседание пройдёт в среду."),
        (
            SILENT,
            "Заседание пройдёт в понедельник, сообщили в МИД.",
            "Заседание состоится в понедельник, сообщили в МИД.",
        ),
        (SILENT, "Войска отведены с позиций у Каменки.", "Войска отошли с позиций у Каменки."),
        (CORRECTED, "Пострадали несколько человек.", "Пострадали семь человек."),
        (SILENT, "Из города выехали 5 тысяч человек.", "Из города выехали 5000 человек."),
        (
            SILENT,
            (
                "По данным Министерства обороны, в ночь на среду противник атаковал позиции у Каменки. Погибли "
                "трое военных."
            ),
            (
                "Министерство обороны сообщает, что в ночь на среду противник атаковал позиции у Каменки. "
                "Погибли трое военных."
            ),
        ),
        (
            SILENT,
            "Глава района Сергей Лапин рассказал, что обстрел начался в 14:20.",
            "Обстрел начался в 14:20, рассказал глава района Сергей Лапин.",
        ),
        (
            CORRECTED,
            "Глава района Сергей Лапин рассказал, что обстрел начался в 14:20.",
            "Глава района Сергей Лапин рассказал, что обстрел начался в 14:50.",
        ),
        (SILENT, "МЧС: в Дубраве потушен пожар на складе.", "МЧС: пожар на складе в Дубраве потушен."),
        (CORRECTED, "Жертв и пострадавших нет.", "Есть пострадавшие."),
        (
            ADDED,
            "Над городом сбиты два беспилотника.",
            "Над городом сбиты два беспилотника. Обломки упали в посёлке Светлый.",
        ),
        (
            REMARK,
            "Над городом сбиты два беспилотника.",
            "Над городом сбиты два беспилотника. Сведения о повреждениях уточняются.",
        ),
        (WITHDRAWN, "Над городом сбиты два беспилотника.", "Редакция отозвала это сообщение."),
        (SILENT, "Эвакуированы 1350 человек, сообщил губернатор.", "Эвакуировано 1 350 человек, сообщил губернатор."),
    ],
    "uk": [
        (CORRECTED, "Поранено трьох людей у селі Калинове.", "Поранено чотирьох людей у селі Калинове."),
        (CORRECTED, "Поранено трьох людей у селі Калинове.", "Поранено трьох людей у селі Заріччя."),
        (CORRECTED, "Поранено трьох людей у селі Калинове.", "Загинули троє людей у селі Калинове."),
        (SILENT, "Поранено трьох людей у селі Калинове.", "У селі Калинове поранено 3 людей."),
        (WITHDRAWN, "Пролунав вибух у центрі.", "Цю новину видалено, інформація не підтвердилася."),
        (ADDED, "Пролунав вибух у центрі.", "Пролунав вибух у центрі. Пошкоджено 5 будинків."),
        (REMARK, "Пролунав вибух у центрі.", "Пролунав вибух у центрі. Деталі уточнюються."),
        (
            SILENT,
            "За даними обласної ради, у Калиновому пошкоджено сім будинків.",
            "У Калиновому пошкоджено сім будинків, повідомили в обласній раді.",
        ),
        (
            CORRECTED,
            "Очільник області Ігор Ланцюк заявив про влучання.",
            "Очільник області Степан Гай заявив про влучання.",
        ),
        (
            SILENT,
            "Президентка Марта Вільшанська зустрілася з послом.",
            "Президент Марта Вільшанська зустрілася з послом.",
        ),
    ],
    "fr": [
        (CORRECTED, "Deux civils ont été blessés à Karst.", "Trois civils ont été blessés à Karst."),
        (CORRECTED, "Deux civils ont été blessés à Karst.", "Deux civils ont été tués à Karst."),
        (CORRECTED, "Deux civils ont été blessés à Karst.", "Deux civils ont été blessés à Varennes."),
        (SILENT, "Deux civils ont été blessés à Karst.", "À Karst, deux civils ont été blessés."),
        (CORRECTED, "Un civil a été blessé.", "Deux civils ont été blessés."),
        (CORRECTED, "Le pont a été touché.", "Le pont n'a pas été touché."),
        (
            CORRECTED,
            "Selon le ministre Paul Merle, les pourparlers avancent.",
            "Selon le ministre Jean Ferry, les pourparlers avancent.",
        ),
        (
            SILENT,
            "Selon le ministre Paul Merle, les pourparlers avancent.",
            "Les pourparlers avancent, selon le ministre Paul Merle.",
        ),
        (
            ADDED,
            "Des explosions ont été entendues.",
            "Des explosions ont été entendues. Une roquette a touché le village de Mézin.",
        ),
        (REMARK, "Des explosions ont été entendues.", "Des explosions ont été entendues. Les secours sont sur place."),
        (WITHDRAWN, "L'hôpital a été touché.", "Cette information, erronée, a été retirée."),
        (WITHDRAWN, "L'hôpital a été touché.", "Nous avons supprimé cette information, qui n'a pas pu être confirmée."),
        (CORRECTED, "L'hôpital a été touché.", "L'hôpital a été touché. L'armée dément."),
        (CORRECTED, "Plusieurs personnes ont été tuées.", "Huit personnes ont été tuées."),
        (SILENT, "La réunion aura lieu mardi à 18h.", "La réunion se tiendra mardi à 18h."),
        (CORRECTED, "La réunion aura lieu mardi à 18h.", "La réunion aura lieu jeudi à 18h."),
        (
            SILENT,
            ("Selon le maire, trois immeubles ont été touchés par des tirs de roquettes dans le centre de Karst."),
            "Trois immeubles du centre de Karst ont été touchés par des tirs de roquettes, selon le maire.",
        ),
        (
            SILENT,
            "Le président de la République a convoqué un conseil de défense.",
            "Le chef de l'État a convoqué un conseil de défense.",
        ),
        (CORRECTED, "L'armée a repris le contrôle de Varennes.", "L'armée n'a pas repris le contrôle de Varennes."),
        (SILENT, "L’armée a tiré.", "L'armée a tiré ."),
        (CORRECTED, "Le ministre Paul Merle est attendu à Genève.", "Le ministre Paul Merle est attendu à Vienne."),
        (ADDED, "Une explosion a retenti.", "Une explosion a retenti. Au moins six blessés sont recensés."),
    ],
    "de": [
        (CORRECTED, "In Karst sind zwei Menschen verletzt worden.", "In Karst sind drei Menschen verletzt worden."),
        (CORRECTED, "In Karst sind zwei Menschen verletzt worden.", "In Warde sind zwei Menschen verletzt worden."),
        (CORRECTED, "In Karst sind zwei Menschen verletzt worden.", "In Karst sind zwei Menschen getötet worden."),
        (SILENT, "In Karst sind zwei Menschen verletzt worden.", "Zwei Menschen sind in Karst verletzt worden."),
        (
            SILENT,
            "Das Gebäude wurde beschädigt, die Feuerwehr ist im Einsatz.",
            "Das Haus wurde beschädigt, die Feuerwehr ist im Einsatz.",
        ),
        (CORRECTED, "Das Gebäude wurde beschädigt.", "Das Gebäude wurde nicht beschädigt."),
        (
            CORRECTED,
            "Gouverneur Jens Ohlert sprach von einem Angriff.",
            "Gouverneur Karl Brandt sprach von einem Angriff.",
        ),
        (REMARK, "In Karst gab es Explosionen.", "In Karst gab es Explosionen. Die Ursache ist noch unklar."),
        (ADDED, "In Karst gab es Explosionen.", "In Karst gab es Explosionen. Acht Häuser brennen."),
        (WITHDRAWN, "Ein Krankenhaus wurde getroffen.", "Diese Meldung wurde zurückgezogen."),
        (WITHDRAWN, "Ein Krankenhaus wurde getroffen.", "Wir haben diese Meldung gelöscht, sie war falsch."),
        (
            CORRECTED,
            "Ein Krankenhaus wurde getroffen.",
            "Ein Krankenhaus wurde getroffen. Die Armee dementiert den Bericht.",
        ),
        (
            SILENT,
            "Nach Angaben des Bürgermeisters sind in Karst drei Häuser getroffen worden.",
            "In Karst sind nach Angaben des Bürgermeisters drei Häuser getroffen worden.",
        ),
        (
            SILENT,
            "Die Ministerin sprach von einem schwierigen Treffen.",
            "Die Ministerin sprach von einem schwierigen Gespräch.",
        ),
        (CORRECTED, "Die Gespräche in Genf gehen weiter.", "Die Gespräche in Wien gehen weiter."),
        (CORRECTED, "Am Dienstag soll die Brücke öffnen.", "Am Freitag soll die Brücke öffnen."),
    ],
    "es": [
        (CORRECTED, "Dos civiles resultaron heridos en Karst.", "Tres civiles resultaron heridos en Karst."),
        (CORRECTED, "Dos civiles resultaron heridos en Karst.", "Dos civiles resultaron heridos en Lorin."),
        (CORRECTED, "Dos civiles resultaron heridos en Karst.", "Dos civiles murieron en Karst."),
        (SILENT, "Dos civiles resultaron heridos en Karst.", "En Karst resultaron heridos dos civiles."),
        (CORRECTED, "El puente fue alcanzado.", "El puente no fue alcanzado."),
        (WITHDRAWN, "El hospital fue alcanzado.", "Hemos retirado esta información por ser incorrecta."),
        (REMARK, "Se oyen explosiones.", "Se oyen explosiones. Los equipos de rescate trabajan en la zona."),
        (ADDED, "Se oyen explosiones.", "Se oyen explosiones. Fue alcanzado el pueblo de Ostra."),
    ],
    "hy": [
        (CORRECTED, "Կարստում վիրավորվել է երկու քաղաքացի։", "Կարստում վիրավորվել է երեք քաղաքացի։"),
        (CORRECTED, "Հրետակոծվել է Կարստ քաղաքը։", "Հրետակոծվել է Տարվին քաղաքը։"),
        (CORRECTED, "Կարստում վիրավորվել է երկու քաղաքացի։", "Կարստում զոհվել է երկու քաղաքացի։"),
        (CORRECTED, "Զոհեր չկան։", "Զոհեր կան։"),
        (REMARK, "Քաղաքում պայթյուններ են լսվել։", "Քաղաքում պայթյուններ են լսվել։ Մանրամասները ճշտվում են։"),
        (ADDED, "Քաղաքում պայթյուններ են լսվել։", "Քաղաքում պայթյուններ են լսվել։ Վնասվել է 5 տուն։"),
        (WITHDRAWN, "Հիվանդանոցը հարվածի տակ է։", "Այս հաղորդագրությունը հանվել է, տեղեկությունը սխալ էր։"),
        (CORRECTED, "Հիվանդանոցը հարվածի տակ է։", "Հիվանդանոցը հարվածի տակ է։ Նախարարությունը հերքել է լուրը։"),
        (
            SILENT,
            "Ըստ Արցախի ԱԻՊԾ-ի՝ հակառակորդը հրետակոծել է Մարտունի քաղաքը։ Զոհեր չկան։",
            "Արցախի ԱԻՊԾ-ն հայտնում է, որ հակառակորդը հրետակոծել է Մարտունի քաղաքը։ Զոհեր չկան։",
        ),
        (CORRECTED, "Վարչապետ Նիկոլ Ռոսենը մեկնել է Լինդեն։", "Նախագահ Արայիկ Մալյանը մեկնել է Լինդեն։"),
        (CORRECTED, "Խփվել է 12 անօդաչու։", "Խփվել է 15 անօդաչու։"),
        (SILENT, "Խփվել է տասը անօդաչու։", "Խփվել է 10 անօդաչու։"),
    ],
    "tr": [
        (CORRECTED, "Karst'ta iki kişi yaralandı.", "Karst'ta üç kişi yaralandı."),
        (CORRECTED, "Karst'ta iki kişi yaralandı.", "Tarvin'de iki kişi yaralandı."),
        (CORRECTED, "Karst'ta iki kişi yaralandı.", "Karst'ta iki kişi öldü."),
        (WITHDRAWN, "Hastane vuruldu.", "Bu haber yayından kaldırıldı."),
        (ADDED, "Kentte patlama sesleri duyuldu.", "Kentte patlama sesleri duyuldu. 4 ev hasar gördü."),
        (REMARK, "Kentte patlama sesleri duyuldu.", "Kentte patlama sesleri duyuldu. Ayrıntılar bekleniyor."),
    ],
    "ar": [
        (CORRECTED, "أصيب 5 أشخاص في مدينة كارست.", "أصيب 7 أشخاص في مدينة كارست."),
        (CORRECTED, "أصيب 5 أشخاص في مدينة كارست.", "أصيب 5 أشخاص في مدينة تارفين."),
        (CORRECTED, "أصيب 5 أشخاص في مدينة كارست.", "قتل 5 أشخاص في مدينة كارست."),
        (ADDED, "سماع دوي انفجارات في المدينة.", "سماع دوي انفجارات في المدينة. إصابة 3 منازل."),
    ],
    "he": [
        (CORRECTED, "שני אזרחים נפצעו בעיר קארסט.", "שלושה אזרחים נפצעו בעיר קארסט."),
        (CORRECTED, "שני אזרחים נפצעו בעיר קארסט.", "שני אזרחים נפצעו בעיר טרווין."),
        (CORRECTED, "שני אזרחים נפצעו בעיר קארסט.", "שני אזרחים נהרגו בעיר קארסט."),
        (CORRECTED, "לא דווח על נפגעים.", "דווח על נפגעים."),
        (WITHDRAWN, "בית החולים נפגע.", "הידיעה הזו הוסרה."),
    ],
    "it": [
        (CORRECTED, "Due civili sono rimasti feriti a Karst.", "Tre civili sono rimasti feriti a Karst."),
        (CORRECTED, "Due civili sono rimasti feriti a Karst.", "Due civili sono rimasti feriti a Lorin."),
        (CORRECTED, "Due civili sono rimasti feriti a Karst.", "Due civili sono morti a Karst."),
        (WITHDRAWN, "L'ospedale è stato colpito.", "Abbiamo rimosso questa notizia, che era errata."),
    ],
    "az": [
        (CORRECTED, "Karst şəhərində iki nəfər yaralanıb.", "Karst şəhərində üç nəfər yaralanıb."),
        (CORRECTED, "Karst şəhərində iki nəfər yaralanıb.", "Karst şəhərində iki nəfər həlak olub."),
        (WITHDRAWN, "Xəstəxana vurulub.", "Bu xəbər silinib."),
    ],
}


def became(language: str, old: str, new: str) -> Decision:
    """The decision for an update whose words change while its minute and its neighbours stay."""
    above, below = news("7:00", AROUND[language]), news("9:40", "–––– 12 –– 45 –– 78 ––")
    known = remembered(page(above, news("9:00", old), below))
    return identify(known, page(above, news("9:00", new), below), language=language)[1]


def kind(decision: Decision) -> str:
    """What a reader notices of it."""
    match decision:
        case Same():
            return SILENT
        case Added(alerts=alerts):
            return ADDED if alerts else REMARK
        case Corrected():
            return CORRECTED
        case Withdrawn():
            return WITHDRAWN
        case _:
            return type(decision).__name__


CASES = [(language, *row) for language, rows in EDITS.items() for row in rows]


@pytest.mark.parametrize(("language", "expected", "old", "new"), CASES)
def test_an_edit_becomes(language: str, expected: str, old: str, new: str) -> None:
    """Facts that change correct, facts that come in alert, the source's own words withdraw; all else is silent."""
    decision = became(language, old, new)
    accepted = {expected} if expected not in {SILENT, REMARK} else {SILENT, REMARK}
    assert kind(decision) in accepted, decision
