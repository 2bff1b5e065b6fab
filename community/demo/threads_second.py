"""The rest of the demo's threads, from money and mould to the first night alone. Everybody and everything is made up.

The format and the anchor are those of threads.py; each person's voice is noted in people.py. What is told as fact
(renting, debts, study money) holds in general for Sweden, and the texts say whom to ring and ask. Hours of the
clock that somebody names fit the anchor, as weekdays do.
"""

from typing import Any

# One line for who, when and in which language: the formatter would make three of it.
# fmt: off
SECOND: list[dict[str, Any]] = [
    # 24: serious, and the order to do things in. True of Sweden: written notice, the town's environment office, the
    # rent tribunal; and the rent is paid all the while.
    {
        "key": "mould",
        "space": "bo-pengar",
        "title": "Hyresvärden svarar inte om mögel",
        "author": "hanna",
        "days_ago": 17.1,
        "mode": "ask",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "Det här är läget:\n\n"
            "- Mögel i hörnet bakom sängen, ungefär ett A4. I september var det en tumme.\n"
            "- Felanmält tre gånger i värdens app. Status: mottaget, mottaget, mottaget.\n"
            "- Två samtal. Telefonsvararen är mycket trevlig.\n"
            "- 17 grader inne. Jag läser juridik i täckjacka.\n\n"
            "Jag vet vad som står i lagen. Det jag inte vet är vad man gör en onsdag när ingen svarar."
        ),
        "reactions": [("leyla", "hug"), ("petra", "hug"), ("kim", "hug")],
        "replies": [
            {
                "author": "marcus", "hours_after": 0.9, "lang": "sv",
                "text": (
                    "Jag sitter på andra sidan, fyrtio lägenheter. Så här skulle du göra mot en sån som mig:\n\n"
                    "1. Fota med något bredvid som visar storleken. Ny bild varje vecka, spara datumen.\n"
                    "2. Mejla eller skicka brev, inte bara appen. Vad som är fel, sen när, att du vill ha svar inom "
                    "tio dagar. Spara kopian.\n"
                    "3. Inget svar: ring miljökontoret i kommunen. De kan komma och titta, och de kan ställa krav på "
                    "värden.\n"
                    "4. Hyresnämnden går att ringa och fråga. De kan bestämma att värden ska laga.\n"
                    "5. Betala hyran. Hela, i tid. Slutar du betala är det du som har gjort fel.\n\n"
                    "Måla inte över det och torka inte bort det innan du har fotat. 17 grader är för kallt, skriv det "
                    "i samma mejl."
                ),
                "reactions": [
                    ("hanna", "idea"), ("petra", "idea"), ("kim", "idea"), ("jonna", "idea"), ("samir", "idea"),
                ],
            },
            {
                "author": "hanna", "hours_after": 1.3, "lang": "sv",
                "text": "Punkt 5 kom i sista stund. Jag var en vecka från att hålla inne hyran av ren princip.",
                "reactions": [("marcus", "haha")],
            },
            {
                "author": "petra", "hours_after": 3.2, "lang": "sv",
                "text": (
                    "När du ringer: be om namn och ärendenummer och säg att du skriver upp klockslaget. Jag sitter i "
                    "telefon hela dagarna. Det blir en annan ton när folk hör en penna."
                ),
                "reactions": [("hanna", "idea"), ("samir", "idea"), ("birgitta", "glad")],
            },
            {
                "author": "leyla", "hours_after": 13.1, "lang": "sv",
                "text": (
                    "Hostar du mer hemma än borta? Ring vårdcentralen också i så fall. Och dra ut sängen från väggen, "
                    "om den går att dra."
                ),
                "reactions": [("hanna", "heart")],
            },
            {
                "author": "hanna", "hours_after": 13.6, "lang": "sv",
                "text": "Lite mer hemma, ja. Jag ringer. Sängen står mitt i rummet nu. Det ser ut som en utredning.",
                "reactions": [("leyla", "hug"), ("petra", "haha")],
            },
            {
                "author": "hanna", "hours_after": 286.4, "lang": "sv",
                "text": (
                    "Rapport.\n\n"
                    "Mejl med sex bilder: inget svar på tio dagar. Miljökontoret: ringde upp samma eftermiddag, kommer "
                    "på torsdag. Jag skrev det till värden för kännedom. En timme senare stod det en man med "
                    "fuktmätare i min hall. Han sa att han just hade tänkt höra av sig."
                ),
                "reactions": [
                    ("marcus", "haha"), ("petra", "strong"), ("leyla", "glad"), ("johanna", "strong"), ("tuva", "glad"),
                ],
            },
            {
                "author": "marcus", "hours_after": 287.5, "lang": "sv",
                "text": "Det säger vi alltid.",
                "reactions": [("hanna", "haha"), ("petra", "haha"), ("jonna", "haha")],
            },
        ],
    },
    # 25: the sums add up: 13 400 in, 11 220 bound, 2 180 left.
    {
        "key": "budget",
        "space": "bo-pengar",
        "title": "Budgetmall som faktiskt funkar",
        "author": "fatuma",
        "days_ago": 45.02,
        "mode": "tell",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "Har testat sju appar. Det här är det enda jag har hållit i mer än en månad. Mina siffror från första "
            "året, byt mot era:\n\n"
            "- In efter skatt: 13 400\n"
            "- Hyra: 5 600\n"
            "- El: 300\n"
            "- Hemförsäkring: 120\n"
            "- Mobil och bredband: 450\n"
            "- Busskort: 650\n"
            "- Mat: 2 800\n"
            "- Sånt som alltid kommer: 600\n"
            "- Buffert: 700\n"
            "- **Kvar: 2 180**\n\n"
            "Samma dag som lönen kommer går allt utom mat och kvar till ett konto jag inte har kort till. Räkningarna "
            "dras därifrån. Mat är 700 på måndagar. Slut på fredag = makaroner.\n\n"
            "Skriver med en hand. Fråga på."
        ),
        "reactions": [
            ("petra", "idea"), ("yusuf", "idea"), ("samir", "idea"), ("wilma", "idea"), ("daniel", "strong"),
            ("sara", "idea"),
        ],
        "replies": [
            {
                "author": "yusuf", "hours_after": 0.7, "lang": "sv",
                "text": "2 800 i mat för en person är 31 kronor per mål. Det är generöst. Vad köpte du?",
                "reactions": [],
            },
            {
                "author": "fatuma", "hours_after": 0.8, "lang": "sv",
                "text": "Ost.",
                "reactions": [("yusuf", "haha"), ("amina", "haha"), ("daniel", "haha"), ("johanna", "haha")],
            },
            {
                "author": "samir", "hours_after": 1.5, "lang": "sv",
                "text": 'Vad är "sånt som alltid kommer"? Det låter som en film man inte får se.',
                "reactions": [("isla", "haha"), ("amina", "haha")],
            },
            {
                "author": "fatuma", "hours_after": 2.1, "lang": "sv",
                "text": "Tandläkare. Vinterskor. Nån fyller år. En räkning du glömt. Du vet bara inte vilken dag.",
                "reactions": [("samir", "idea"), ("wilma", "haha")],
            },
            {
                "author": "petra", "hours_after": 14.2, "lang": "sv",
                "text": (
                    "Om elen: 300 kan vara det dubbla i januari. Fråga värden vad lägenheten brukar dra. Ofta kommer "
                    "det två räkningar, en för elen och en för nätet. Det är inte bluff, det är bara så det är "
                    "uppdelat. Jag förklarar det elva gånger om dagen."
                ),
                "reactions": [("fatuma", "idea"), ("samir", "idea"), ("daniel", "idea")],
            },
            {
                "author": "wilma", "hours_after": 22.4, "lang": "sv",
                "text": "Hörrni, bostadsbidrag? Är det för sånna som mig eller för barnfamiljer?",
                "reactions": [],
            },
            {
                "author": "fatuma", "hours_after": 23.6, "lang": "sv",
                "text": (
                    "Båda. Under 29 kan man söka fast man inte har barn, hos Försäkringskassan. Beror på hyra och "
                    "inkomst. Ring och fråga först. Och säg till direkt när du tjänar mer. Gjorde inte jag. Fick "
                    "betala tillbaka 4 300."
                ),
                "reactions": [("wilma", "idea"), ("petra", "idea"), ("sara", "idea")],
            },
            {
                "author": "samir", "hours_after": 1001.5, "lang": "sv",
                "text": (
                    "Fatuma. Jag flyttar snart och jag har fyllt i den. Jag har 212 kronor kvar i veckan. Är det ett "
                    "liv?"
                ),
                "reactions": [("kim", "hug"), ("daniel", "hug")],
            },
            {
                "author": "fatuma", "hours_after": 1002.2, "lang": "sv",
                "text": "Ja, med makaroner. Vad har du på mobilen?",
                "reactions": [("yusuf", "haha")],
            },
            {
                "author": "samir", "hours_after": 1002.4, "lang": "sv",
                "text": "599. Obegränsad surf i 74 länder. Jag har varit i två. Ok. Jag ringer dem.",
                "reactions": [("fatuma", "haha"), ("petra", "strong"), ("isla", "haha"), ("daniel", "haha")],
            },
        ],
    },
    # 26: worry, calm facts. True of Sweden: three years for a private person, free advice in every town; a letter
    # from a debt collector does not make one yet.
    {
        "key": "credit-record",
        "space": "bo-pengar",
        "title": "Betalningsanmärkning - kört för alltid?",
        "author": "sofia",
        "nameless": True,
        "days_ago": 33.05,
        "mode": "ask",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "ok det här är pinsamt men jag skriver det innan tåget är framme\n\n"
            "jag glömde en räkning. 389 kr, ett gymkort. sen glömde jag påminnelsen. sen flyttade jag och breven gick "
            "till gamla adressen\n\n"
            "idag fick jag nej på en lägenhet för att jag har en betalningsanmärkning. är det kört nu?? jag har "
            "liksom skött mig annars"
        ),
        "reactions": [("kim", "hug"), ("leyla", "hug"), ("fatuma", "hug")],
        "replies": [
            {
                "author": "petra", "hours_after": 0.6, "lang": "sv",
                "text": (
                    "Nej. För privatpersoner ligger den i tre år, sedan försvinner den. Jag pratar med folk som har en "
                    "varje dag, och de låter som du och jag.\n\n"
                    "1. Logga in hos Kronofogden eller ring dem. Fråga om det finns något kvar att betala.\n"
                    "2. Finns det det: betala, eller fråga om en plan. Den du har ligger kvar ändå, men det blir inte "
                    "fler.\n"
                    "3. Se efter var dina brev hamnar.\n\n"
                    "Ett inkassobrev är inte en anmärkning. Den kommer oftast senare, när Kronofogden har fattat ett "
                    "beslut. Så ser du ett sådant brev: betala eller ring samma dag. Stämmer det inte, säg det till "
                    "dem."
                ),
                "reactions": [
                    ("sofia", "idea"), ("samir", "idea"), ("hanna", "idea"), ("kim", "idea"), ("sara", "idea"),
                ],
            },
            {
                "author": "hanna", "hours_after": 2.0, "lang": "sv",
                "text": (
                    "Ett tillägg. Om du aldrig fick brevet från Kronofogden, för att du hade flyttat: ring och fråga "
                    "om det går att få beslutet prövat igen. Tiden är kort, en månad från beslutet, och det är inte "
                    "säkert att det hjälper. Men fråga."
                ),
                "reactions": [("sofia", "idea"), ("petra", "idea")],
            },
            {
                "author": "robin", "hours_after": 2.6, "lang": "sv",
                "text": (
                    "JAG HADE TVÅ. Samma vinter. Ringde hyresvärden och berättade innan de hittade dem själva, och "
                    "hade med mig lönebeskeden. Ett nej, ett nej, ett ja. Bor kvar. Ettan har balkong mot en mur, jag "
                    "ÄLSKAR muren"
                ),
                "reactions": [("sofia", "haha"), ("kim", "glad"), ("johanna", "heart")],
            },
            {
                "author": "marcus", "hours_after": 12.6, "lang": "sv",
                "text": (
                    "Hos oss tittar de på lönen och på om du har skött hyran där du bodde förut. Be förra värden om "
                    "ett intyg. Fråga om det räcker med någon som går i borgen. Olika överallt, men fråga."
                ),
                "reactions": [("sofia", "idea"), ("petra", "idea")],
            },
            {
                "author": "karin", "hours_after": 14.5, "lang": "sv",
                "text": (
                    "Det finns en budget- och skuldrådgivare i kommunen också. Det kostar inget, och man behöver inte "
                    "ha stora skulder för att ringa. 389 kronor går bra."
                ),
                "reactions": [("sofia", "heart"), ("fatuma", "idea")],
            },
            {
                "author": "sofia", "hours_after": 17.3, "lang": "sv",
                "text": "har ringt!!!! satt på golvet i lekrummet under vilan och viskade",
                "reactions": [("petra", "strong"), ("fatuma", "strong"), ("leyla", "glad")],
            },
            {
                "author": "sofia", "hours_after": 17.4, "lang": "sv",
                "text": (
                    "inget kvar att betala. den ligger i ett år och fem månader till. hon sa datumet. jag har ritat "
                    "det på väggen hemma, med ni vet vad"
                ),
                "reactions": [
                    ("robin", "haha"), ("petra", "glad"), ("jonna", "haha"), ("amina", "haha"), ("kim", "glad"),
                ],
            },
        ],
    },
    # 27: joy. She starts a week after the anchor day, on which they beat the bakery (goalkeeper).
    {
        "key": "bakery-job",
        "space": "jobb-plugg",
        "title": "Fick jobbet på bageriet!!!",
        "author": "tuva",
        "days_ago": 1.21,
        "mode": "happy",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "Jag provade med ett utropstecken. Det räckte inte.\n\n"
            "1. Jag börjar nästa lördag.\n"
            "2. Klockan 05.00.\n"
            "3. Lördagar, söndagar och jullovet.\n"
            "4. Man får en mössa.\n\n"
            "Jag sa inget om intervjun i förväg, för då hade ni frågat hur det gick."
        ),
        "reactions": [
            ("amina", "heart"), ("isla", "glad"), ("samir", "strong"), ("sara", "glad"), ("johanna", "glad"),
            ("callum", "strong"), ("noor", "heart"), ("wilma", "heart"),
        ],
        "replies": [
            {
                "author": "amina", "hours_after": 0.05, "lang": "sv",
                "text": "TUVAAAA. asså jag skriker i köket, birgitta tror det brinner",
                "reactions": [("tuva", "heart"), ("wilma", "haha")],
            },
            {
                "author": "birgitta", "hours_after": 0.3, "lang": "sv",
                "text": "Det brann inte. Grattis, Tuva. De har tur.",
                "reactions": [("tuva", "heart"), ("amina", "heart"), ("anders", "heart")],
            },
            {
                "author": "samir", "hours_after": 0.5, "lang": "sv",
                "text": "Jag är ensam i rummet och jag har ställt mig upp. JAG KÄNNER EN BAGARE.",
                "reactions": [("tuva", "glad"), ("isla", "haha"), ("dawit", "haha")],
            },
            {
                "author": "elias", "hours_after": 0.8, "lang": "sv",
                "text": "får man gratis bullar om man känner dig. och hur bra måste man känna dig",
                "reactions": [("amina", "haha")],
            },
            {
                "author": "tuva", "hours_after": 0.9, "lang": "sv",
                "text": "Det avgörs från gång till gång.",
                "reactions": [("elias", "haha"), ("amina", "haha"), ("sara", "haha")],
            },
            {
                "author": "robin", "hours_after": 2.2, "lang": "sv",
                "text": (
                    "ÄR DET DEN VID TORGET?? Det är DERAS bröd jag kör! Jag backar in kvart i fem varje lördag! Jag är "
                    "han med fel musik! VI ÄR KOLLEGOR"
                ),
                "reactions": [("johanna", "haha"), ("daniel", "haha"), ("tuva", "glad")],
            },
            {
                "author": "tuva", "hours_after": 2.4, "lang": "sv",
                "text": "När jag kom till intervjun stod det en man och bad en brödvagn om ursäkt. Då var det du.",
                "reactions": [
                    ("robin", "haha"), ("amina", "haha"), ("callum", "haha"), ("birgitta", "haha"), ("kim", "haha"),
                ],
            },
            {
                "author": "daniel", "hours_after": 3.5, "lang": "sv",
                "text": (
                    "Nattbussen, 04.31 från hållplatsen nedanför er. Den står på baksidan av tidtabellen, så ingen "
                    "tror att den finns. Varannan lördag är det jag."
                ),
                "reactions": [("tuva", "idea"), ("sara", "idea"), ("wilma", "heart")],
            },
            {
                "author": "anders", "hours_after": 4.5, "lang": "sv",
                "text": (
                    "Tuva, jag är så glad att jag inte vet vad jag ska göra av mig. Någon får visa mig var tårtan "
                    "finns bland de där små bilderna. En riktig tårta blir det på söndag, den vet jag var den finns."
                ),
                "reactions": [("tuva", "heart"), ("amina", "haha"), ("wilma", "heart"), ("elias", "haha")],
            },
            {
                "author": "lars", "hours_after": 11.22, "lang": "sv",
                "text": (
                    "03.10. Dimma, två plus, halt på trappan. Så ser det ut när man ska till bageriet. Anders har "
                    "broddar."
                ),
                "reactions": [("tuva", "idea"), ("anders", "heart"), ("leyla", "glad")],
            },
            {
                "author": "isla", "hours_after": 26.4, "lang": "en",
                "text": "We beat your new boss 4-3 a couple of hours ago. I hope you'd already signed.",
                "reactions": [("dawit", "haha"), ("callum", "haha"), ("samir", "haha")],
            },
            {
                "author": "tuva", "hours_after": 26.8, "lang": "sv",
                "text": "Jag hade skrivit på. Han ringde nyss. Han ville veta hur det var med målvaktens öra.",
                "reactions": [("daniel", "haha"), ("isla", "haha"), ("elias", "haha")],
            },
        ],
    },
    # 28: English by somebody for whom it is the fourth language. No personal number in a CV: that part is true.
    {
        "key": "honest-cv",
        "space": "jobb-plugg",
        "title": "Can someone read my CV? Be honest but kind",
        "author": "dawit",
        "days_ago": 7.2,
        "mode": "ask",
        "just_listen": False,
        "lang": "en",
        "text": (
            "I apply for weekend job. It's a garden place, they need people for the Christmas trees. This is all of "
            "it:\n\n"
            "> **Dawit, 17 years**\n"
            "> Hard working, social and flexible person\n"
            "> *Experience:* summer job in the kommun, 3 weeks (watering). Trainer for small kids in football\n"
            "> *Languages:* Tigrinya, Amharic, English, Swedish\n"
            "> *Skills:* computer, strong, fast\n"
            "> *Weakness:* I am perfectionist\n\n"
            "Under that I have my personal number and phone, not here.\n\n"
            "I think it's very good. I think it's maybe good"
        ),
        "reactions": [("isla", "glad"), ("mehmet", "strong"), ("callum", "glad")],
        "replies": [
            {
                "author": "isla", "hours_after": 0.4, "lang": "en",
                "text": (
                    'Honest: lose "perfectionist". My gran says anyone who calls himself that should be made to show '
                    "his kitchen.\n\n"
                    "Kind: FOUR languages?? And why is the football only half a line? You talk about those kids all "
                    "Saturday."
                ),
                "reactions": [("dawit", "haha"), ("callum", "haha"), ("jonna", "haha")],
            },
            {
                "author": "dawit", "hours_after": 0.5, "lang": "en",
                "text": "You have seen my kitchen. Deleted",
                "reactions": [("isla", "haha"), ("samir", "haha"), ("noor", "haha")],
            },
            {
                "author": "callum", "hours_after": 1.9, "lang": "en",
                "text": (
                    "\"Hard working, social and flexible\" I skip, everybody's got that. I take on a lad now and then, "
                    "and I'd want to know how many kids, how long you've stuck at it, and what you do when one of them "
                    "sits down in the mud and won't get up."
                ),
                "reactions": [("dawit", "idea"), ("isla", "idea"), ("elin", "idea")],
            },
            {
                "author": "petra", "hours_after": 3.0, "lang": "sv",
                "text": (
                    "Ta bort personnumret. Det behöver inte stå i ett CV. Namn, ort, mejl och telefon räcker, resten "
                    "får de när de ska betala dig."
                ),
                "reactions": [("dawit", "idea"), ("elin", "idea"), ("mehmet", "idea"), ("tuva", "idea")],
            },
            {
                "author": "mehmet", "hours_after": 4.1, "lang": "en",
                "text": (
                    "You forgot that you once took fourteen kids home on two buses and came back with fourteen. I was "
                    "there, I counted too. Put me as a reference, and thank you for asking me first.\n\n"
                    "Christmas trees is perfect. You start at the root and work your way up."
                ),
                "reactions": [("dawit", "haha"), ("isla", "haha"), ("jonna", "hug")],
            },
            {
                "author": "dawit", "hours_after": 23.6, "lang": "en",
                "text": (
                    "New one:\n\n"
                    "> Football trainer for 6 and 7 years old, every Saturday since last autumn. 14 kids. When one "
                    "sits down I sit down also and we talk about shoes. Then we get up\n"
                    "> Summer job in the parks, 3 weeks. On time 15 days of 15\n"
                    "> I speak Tigrinya, Amharic, English and Swedish. I still make mistakes, then I ask\n"
                    "> Reference: Mehmet, he said yes\n\n"
                    'I kept "strong". It is trees'
                ),
                "reactions": [
                    ("isla", "heart"), ("callum", "strong"), ("mehmet", "heart"), ("petra", "glad"), ("noor", "glad"),
                    ("birgitta", "heart"),
                ],
            },
            {
                "author": "callum", "hours_after": 24.2, "lang": "en",
                "text": "Aye. Send that one.",
                "reactions": [("dawit", "strong"), ("isla", "glad")],
            },
            {
                "author": "dawit", "hours_after": 118.4, "lang": "en",
                "text": "They called. I come on Wednesday to talk. I am totally calm. I am not calm",
                "reactions": [
                    ("isla", "strong"), ("callum", "strong"), ("samir", "strong"), ("elin", "glad"), ("mehmet", "hug"),
                ],
            },
        ],
    },
    # 29: honest answers from people who have done it. True of Sweden: free of charge, study money from half
    # speed, a higher grant from 25 for what one lacks; from the autumn of the year one turns 20.
    {
        "key": "adult-school",
        "space": "jobb-plugg",
        "title": "Komvux efter 25, ärligt svar",
        "author": "daniel",
        "days_ago": 50.1,
        "mode": "ask",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "26 år. Kör buss, trivs. Vill till trafikledningen, men de vill se matte och svenska från gymnasiet och "
            "det har jag inte.\n\n"
            "1. Hinner man bredvid ett jobb?\n"
            "2. Vad lever man på?\n"
            "3. Känner man sig dum?"
        ),
        "reactions": [("kim", "heart"), ("leyla", "glad"), ("wilma", "idea")],
        "replies": [
            {
                "author": "leyla", "hours_after": 1.2, "lang": "sv",
                "text": (
                    "1. Halvfart, ja. Helfart och nätter gick inte för mig, jag somnade på ett prov.\n"
                    "2. Jobbade helger, CSN för resten.\n"
                    "3. Första veckan. Hon bredvid mig var 51 och hade köpt nytt pennfodral. Hon var lika nervös som "
                    "jag."
                ),
                "reactions": [("daniel", "idea"), ("wilma", "heart"), ("johanna", "heart")],
            },
            {
                "author": "petra", "hours_after": 2.1, "lang": "sv",
                "text": (
                    "Mer om tvåan. Komvux kostar inget att gå, men böckerna kan göra det. CSN är ett bidrag, som du "
                    "behåller, och ett lån, som du kan låta bli. Du ska läsa minst på halvfart. Är du över 25 och "
                    "läser in det du saknar kan bidraget bli högre. Tjänar man över en viss gräns bredvid blir det "
                    "mindre. Räkna inte ut det själv, ring CSN med lönebeskedet framför dig."
                ),
                "reactions": [("daniel", "idea"), ("leyla", "idea"), ("kim", "idea"), ("wilma", "idea")],
            },
            {
                "author": "wilma", "hours_after": 3.4, "lang": "sv",
                "text": (
                    "Hörrni, jag är 19 och läser klart bygg i höst, och ändå kommer jag sakna tre kurser. Alla säger "
                    "att man kan läsa in dem sen. Kan man det, eller är det bara sånt man säger?"
                ),
                "reactions": [("amina", "hug"), ("kim", "hug")],
            },
            {
                "author": "sara", "hours_after": 66.2, "lang": "sv",
                "text": (
                    "Man kan det. Jag visste bara hälften, så jag ringde studievägledaren i dag. Komvux på "
                    "gymnasienivå är i vanliga fall från hösten det år man fyller 20, och folkhögskola är en väg till. "
                    "Hon har tid för dig på torsdag. Ska jag följa med eller hålla mig undan?"
                ),
                "reactions": [("wilma", "heart"), ("elin", "idea"), ("daniel", "glad")],
            },
            {
                "author": "wilma", "hours_after": 66.9, "lang": "sv",
                "text": "Följ med. Men prata inte.",
                "reactions": [("amina", "haha"), ("tuva", "haha")],
            },
            {
                "author": "sara", "hours_after": 67.1, "lang": "sv",
                "text": "Jag tar med en banan.",
                "reactions": [("wilma", "haha"), ("jonna", "haha"), ("tuva", "haha")],
            },
            {
                "author": "kim", "hours_after": 90.4, "lang": "sv",
                "text": (
                    "ärligt från nån som hoppat av två gånger: ta inte tre kurser när du går skift. en kurs. sen en "
                    "till. tredje gången gick det. den i receptionen kände igen mig och sa välkommen tillbaks"
                ),
                "reactions": [("daniel", "heart"), ("wilma", "heart"), ("leyla", "heart"), ("marcus", "strong")],
            },
            {
                "author": "daniel", "hours_after": 838.6, "lang": "sv",
                "text": "Antagen. Båda kurserna, halvfart från januari. CSN är sökt. Har köpt pennfodral.",
                "reactions": [
                    ("leyla", "haha"), ("petra", "strong"), ("kim", "strong"), ("birgitta", "heart"),
                    ("johanna", "glad"), ("wilma", "strong"), ("olof", "glad"),
                ],
            },
        ],
    },
    # 30: an offer with a beginning and an end, and staff in the next room.
    {
        "key": "interview-practice",
        "space": "jobb-plugg",
        "title": "Offering: interview practice over video",
        "author": "callum",
        "days_ago": 12.05,
        "mode": "tell",
        "just_listen": False,
        "lang": "en",
        "text": (
            "I sat three interviews before anybody hired me, and spent two of them talking to a radiator.\n\n"
            "So: half an hour over video, and I play the boss. We do it once badly, and then again. English, or "
            "Swedish if you'll be patient. You don't need a job in sight. I own a tie.\n\n"
            "Four Thursdays, six o'clock your time, starting this week. Tell Elin and she'll sort out the rest."
        ),
        "reactions": [("isla", "glad"), ("elin", "heart"), ("sara", "heart"), ("mehmet", "glad"), ("dawit", "idea")],
        "replies": [
            {
                "author": "elin", "hours_after": 1.5, "lang": "en",
                "text": (
                    "- The small meeting room, Thursdays 18:00 to 18:45\n"
                    "- I set up the call and sit next door with the door open\n"
                    "- Names to me, or on the list by the coat hooks\n\n"
                    'May I have a go too? I have been asked where I see myself in five years and I said "here, but '
                    'warmer".'
                ),
                "reactions": [("callum", "haha"), ("isla", "haha"), ("jonna", "haha")],
            },
            {
                "author": "dawit", "hours_after": 1.9, "lang": "en",
                "text": (
                    "I take the first one. So the others can see how it's done. (I have never done it, please be a "
                    "nice boss)"
                ),
                "reactions": [("isla", "haha"), ("callum", "glad"), ("mehmet", "strong")],
            },
            {
                "author": "callum", "hours_after": 2.2, "lang": "en",
                "text": "I'll be a fair boss with a bit of a cold. See you Thursday.",
                "reactions": [("dawit", "glad")],
            },
            {
                "author": "dawit", "hours_after": 71.3, "lang": "en",
                "text": (
                    "He asked why should I hire you and I said because I am cheap. He put down his tea and looked at "
                    "me for a very long time. We did that one again"
                ),
                "reactions": [
                    ("callum", "haha"), ("isla", "haha"), ("elin", "haha"), ("samir", "haha"), ("birgitta", "heart"),
                ],
            },
        ],
    },
    # 31: "just listen", so nobody laughs and nobody advises.
    {
        "key": "empty-sundays",
        "space": "kanns-det",
        "title": "Tomt på söndagar",
        "author": "kim",
        "days_ago": 3.05,
        "mode": "tell",
        "just_listen": True,
        "lang": "sv",
        "text": (
            "det är onsdag och jag har redan börjat oroa mig för söndagen\n\n"
            "lagret är stängt. städat har jag gjort på lördagen. kl 14 har jag ätit två gånger och det är åtta timmar "
            "kvar tills det är ok att lägga sig\n\n"
            "inget har hänt. det är bara så himla mycket söndag\n\n"
            "vill inte ha tips, har provat tipsen. ville säga det nånstans"
        ),
        "reactions": [("leyla", "hug"), ("wilma", "hug"), ("noor", "heart"), ("marcus", "hug"), ("fatuma", "hug")],
        "replies": [
            {
                "author": "leyla", "hours_after": 0.6, "lang": "sv",
                "text": "Jag läser. Sitter på bussen in till natten. Klockan två på söndagen, den känner jag igen.",
                "reactions": [("kim", "heart")],
            },
            {
                "author": "johanna", "hours_after": 1.2, "lang": "sv",
                "text": (
                    "Här är det fullt hus och ändå kommer den, ungefär när disken är klar och alla har gått till sitt, "
                    "och jag har slutat försöka förklara den för de andra. Jag förstår precis."
                ),
                "reactions": [("kim", "heart"), ("leyla", "hug")],
            },
            {
                "author": "wilma", "hours_after": 2.0, "lang": "sv",
                "text": (
                    "Trodde det var nåt som gick över när man flyttade. Nu blev jag lite rädd, men också glad att det "
                    "var just du som skrev."
                ),
                "reactions": [("kim", "hug"), ("amina", "hug")],
            },
            {
                "author": "kim", "hours_after": 2.2, "lang": "sv",
                "text": "förlåt wilma. det går över till måndag varje gång. än så länge har den kommit",
                "reactions": [("wilma", "heart"), ("sara", "heart")],
            },
            {
                "author": "marcus", "hours_after": 3.1, "lang": "sv",
                "text": "Läst. Min är mellan fyra och sex. Går ner i pannrummet fast inget är fel.",
                "reactions": [("kim", "heart"), ("johanna", "hug")],
            },
            {
                "author": "noor", "hours_after": 13.4, "lang": "sv",
                "text": "Kim, jag tänker på dig klockan två på söndag. Du behöver inte göra något med det.",
                "reactions": [("kim", "heart"), ("leyla", "heart"), ("mehmet", "heart")],
            },
            {
                "author": "birgitta", "hours_after": 14.1, "lang": "sv",
                "text": "Jag har läst, Kim. Du vet var jag är på söndagar.",
                "reactions": [("kim", "heart")],
            },
            {
                "author": "kim", "hours_after": 26.3, "lang": "sv",
                "text": "läste allt på rasten, i gång 14 bakom kattmaten. blev varm om öronen. har inget mer",
                "reactions": [("noor", "heart"), ("wilma", "heart"), ("johanna", "heart"), ("leyla", "heart")],
            },
        ],
    },
    # 32: "just listen". Friends come near without asking; his key worker says when he knocks, and the talk is not here.
    {
        "key": "after-the-call",
        "space": "kanns-det",
        "title": "Bråkade med mamma i telefon, orkar inte",
        "author": "elias",
        "days_ago": 2.09,
        "mode": "tell",
        "just_listen": True,
        "lang": "sv",
        "text": (
            "det börja bra och sen blev det som det brukar. hon sa en grej om förra julen och jag sa nåt tillbaks som "
            "jag inte mena. eller jag mena det men inte så\n\n"
            "sen la hon på. eller jag. vet inte vem som va först\n\n"
            "orkar inte snacka så fråga inget. ville bara att ni vet varför jag är sur ikväll. det är inte er"
        ),
        "reactions": [("wilma", "hug"), ("noor", "hug"), ("dawit", "hug"), ("tuva", "hug")],
        "replies": [
            {
                "author": "amina", "hours_after": 0.1, "lang": "sv",
                "text": "sitter utanför din dörr m två mackor. en är din. säger inget",
                "reactions": [("elias", "heart"), ("wilma", "heart")],
            },
            {
                "author": "tuva", "hours_after": 0.4, "lang": "sv",
                "text": "Jag har lagt din tvätt i torken så att du slipper gå ner. Strumporna ligger i par.",
                "reactions": [("elias", "heart"), ("amina", "heart")],
            },
            {
                "author": "anders", "hours_after": 0.7, "lang": "sv",
                "text": (
                    "Jag har läst, Elias. Jag är här i natt. Vid nio går jag förbi och knackar två gånger, och du "
                    "behöver inte öppna."
                ),
                "reactions": [("elias", "heart")],
            },
            {
                "author": "samir", "hours_after": 1.4, "lang": "sv",
                "text": "Jag skriver inget roligt. Du vet hur svårt det är för mig.",
                "reactions": [("elias", "hug"), ("isla", "heart")],
            },
            {
                "author": "elias", "hours_after": 3.9, "lang": "sv",
                "text": (
                    "mackan va bra. anders kom, vi kolla på en karta över en sjö i typ en timme. han kan alla grund"
                ),
                "reactions": [("amina", "heart"), ("anders", "heart"), ("sara", "heart")],
            },
            {
                "author": "elias", "hours_after": 25.4, "lang": "sv",
                "text": "hon ringde idag. vi snacka om hunden. bara hunden",
                "reactions": [
                    ("amina", "heart"), ("wilma", "heart"), ("tuva", "heart"), ("anders", "heart"), ("noor", "heart"),
                ],
            },
        ],
    },
    # 33: a gentle list in two languages; the one who is awake answers at twenty past one.
    {
        "key": "cannot-sleep",
        "space": "kanns-det",
        "title": "Things that help when you can't sleep",
        "author": "noor",
        "days_ago": 10.04,
        "mode": "ask",
        "just_listen": False,
        "lang": "en",
        "text": (
            "I'm making a list. It's for me, but you can use it.\n\n"
            "1. Socks, warm from the radiator.\n"
            "2. A podcast in a language you don't know.\n"
            "3. Listening for the first bird. There isn't one in November, but you listen.\n\n"
            "What are yours? Small ones. Svenska går bra."
        ),
        "reactions": [("isla", "heart"), ("lars", "heart"), ("leyla", "heart"), ("tuva", "idea")],
        "replies": [
            {
                "author": "isla", "hours_after": 0.3, "lang": "en",
                "text": (
                    "My gran's: the alphabet in biscuits. Abernethy, bourbon, custard cream, digestive. You can't "
                    "skip. I've never once been awake for K."
                ),
                "reactions": [("noor", "glad"), ("callum", "haha"), ("dawit", "haha")],
            },
            {
                "author": "samir", "hours_after": 0.6, "lang": "sv",
                "text": (
                    "Jag håller tal i huvudet. Jag har vunnit något, oklart vad. Jag somnar alltid när jag ska tacka "
                    "min tandläkare."
                ),
                "reactions": [("noor", "haha"), ("isla", "haha"), ("jonna", "haha")],
            },
            {
                "author": "dawit", "hours_after": 0.9, "lang": "en",
                "text": (
                    "I play old matches in my head, minute by minute. I always score. (In the real one I was on the "
                    "bench)"
                ),
                "reactions": [("samir", "haha"), ("noor", "glad"), ("mehmet", "heart")],
            },
            {
                "author": "leyla", "hours_after": 1.6, "lang": "sv",
                "text": (
                    "Jag sover på dagen, så mitt är åt andra hållet: kallt rum, varm mössa, dragen ner över ögonen."
                ),
                "reactions": [("noor", "idea"), ("lars", "glad")],
            },
            {
                "author": "lars", "hours_after": 5.3, "lang": "sv",
                "text": (
                    "01.20. Uppehåll, en plus. Lampan över spisen på Linden är tänd och det finns te. Man behöver "
                    "inget skäl för att sitta här. Sju lodrätt: litet vatten, tre bokstäver."
                ),
                "reactions": [("leyla", "heart"), ("isla", "heart"), ("ali", "heart")],
            },
            {
                "author": "noor", "hours_after": 5.4, "lang": "sv",
                "text": "Göl.",
                "reactions": [("lars", "glad"), ("leyla", "glad"), ("tuva", "glad")],
            },
            {
                "author": "lars", "hours_after": 5.5, "lang": "sv",
                "text": "Göl. Vattnet kokar.",
                "reactions": [("noor", "heart"), ("leyla", "heart")],
            },
            {
                "author": "tuva", "hours_after": 21.8, "lang": "sv",
                "text": (
                    "1. Skriv upp det du tänker på. På papper.\n"
                    "2. Lägg pappret i ett annat rum.\n"
                    "3. Det ligger kvar på morgonen. Jag har kontrollerat."
                ),
                "reactions": [("noor", "idea"), ("anders", "idea"), ("wilma", "idea")],
            },
            {
                "author": "callum", "hours_after": 25.0, "lang": "en",
                "text": (
                    "I plan a shelf. What wood, how deep, where the screws go. There must be two hundred of them by "
                    "now."
                ),
                "reactions": [("noor", "heart"), ("isla", "glad")],
            },
            {
                "author": "ali", "hours_after": 29.5, "lang": "sv",
                "text": (
                    "ey expert på att inte sova här. lägg mobilen i köket. går du upp o hämtar den så är du iaf i "
                    "köket o kan ta en macka"
                ),
                "reactions": [("noor", "haha"), ("kim", "haha"), ("dawit", "haha")],
            },
            {
                "author": "noor", "hours_after": 70.1, "lang": "en",
                "text": (
                    "It's nineteen now, some of you told me by the stove. I wrote it on paper. It's inside the "
                    "cupboard door, above the tea.\n\n"
                    "Isla, I got to L. Lebkuchen."
                ),
                "reactions": [
                    ("isla", "heart"), ("lars", "heart"), ("mehmet", "heart"), ("leyla", "heart"), ("callum", "glad"),
                    ("jonna", "heart"),
                ],
            },
        ],
    },
    # 34: what it takes to say sorry, and who answers for her own half.
    {
        "key": "said-sorry",
        "space": "kanns-det",
        "title": "Jag sa förlåt. Det gick.",
        "author": "wilma",
        "days_ago": 19.1,
        "mode": "tell",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "Hörrni. För två veckor sen sa jag till Sara att hon bara är här för att hon får betalt. Högt, i köket, så "
            "att alla hörde. Jag såg på henne att det tog.\n\n"
            "Sen gick jag omkring med det. Jag diskade saker som inte var mina. Jag var jättetrevlig mot alla utom "
            "henne.\n\n"
            "Igår tog jag på mig skorna först, så att jag kunde gå direkt om det blev konstigt. Sen knackade jag på "
            "kontoret och sa det. Bara förlåt, inget men. Jag hade övat bort mennet.\n\n"
            "Hon sa tack. Sen frågade hon om jag ville ta av mig skorna."
        ),
        "reactions": [
            ("amina", "heart"), ("tuva", "heart"), ("noor", "heart"), ("leyla", "heart"), ("kim", "heart"),
            ("birgitta", "heart"), ("isla", "heart"),
        ],
        "replies": [
            {
                "author": "sara", "hours_after": 0.7, "lang": "sv",
                "text": (
                    "Jag hade lovat dig en sak den dagen, och jag höll det inte. Det är min halva. Den sa jag igår "
                    "också, men står din här så ska min det."
                ),
                "reactions": [("wilma", "heart"), ("amina", "heart"), ("karin", "heart")],
            },
            {
                "author": "amina", "hours_after": 1.0, "lang": "sv",
                "text": "asså jag trodde på riktigt du hade feber. du diskade min kopp tre gånger. jag drack ur den",
                "reactions": [("wilma", "haha"), ("tuva", "haha"), ("sara", "haha")],
            },
            {
                "author": "robin", "hours_after": 2.1, "lang": "sv",
                "text": (
                    'JAG SA FÖRLÅT TILL BIRGITTA 2014. Det gällde en kanot. Hon sa "vilken kanot". FYRA ÅR hade jag '
                    "gått och burit på den"
                ),
                "reactions": [("johanna", "haha"), ("amina", "haha"), ("wilma", "haha"), ("leyla", "haha")],
            },
            {
                "author": "birgitta", "hours_after": 2.9, "lang": "sv",
                "text": "Jag visste vilken kanot.",
                "reactions": [
                    ("robin", "haha"), ("johanna", "haha"), ("wilma", "haha"), ("sara", "haha"), ("jonna", "haha"),
                ],
            },
            {
                "author": "elias", "hours_after": 3.4, "lang": "sv",
                "text": "men hur övar man bort ett men",
                "reactions": [("wilma", "glad")],
            },
            {
                "author": "wilma", "hours_after": 3.7, "lang": "sv",
                "text": (
                    "Man säger det till en dörr. Kommer det ett men börjar man om. Det tog fyrtio minuter, jag är en "
                    "åsna."
                ),
                "reactions": [("elias", "idea"), ("kim", "haha"), ("tuva", "idea")],
            },
            {
                "author": "kim", "hours_after": 5.0, "lang": "sv",
                "text": "har ett som är sex år gammalt. ska leta fram skorna",
                "reactions": [("wilma", "heart"), ("leyla", "heart"), ("noor", "heart")],
            },
        ],
    },
    # 36: an invitation in words.
    {
        "key": "christmas-together",
        "space": "utflyttat",
        "title": "Alumni-jul 13 december, vem kommer?",
        "author": "birgitta",
        "days_ago": 6.05,
        "mode": "tell",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "Solgläntan, trettonde december, från två och så länge någon sitter kvar.\n\n"
            "Det blir skinka, det som inte är skinka, och lussekatter. Barn, hundar och den man är ihop med går bra. "
            "De som bor här lussar klockan sju på morgonen, man får komma då också, men då är det mörkt.\n\n"
            "Ta med en sak att äta, eller ingenting. Klappleken som vanligt: något du redan äger, inslaget. Förra året "
            "fick Robin sin egen mössa.\n\n"
            "Skriv om du kommer, eller kom ändå."
        ),
        "reactions": [
            ("johanna", "heart"), ("callum", "heart"), ("petra", "glad"), ("daniel", "glad"), ("leyla", "glad"),
            ("yusuf", "glad"), ("sofia", "heart"),
        ],
        "replies": [
            {
                "author": "robin", "hours_after": 0.2, "lang": "sv",
                "text": "DET VAR INTE MIN. Det var en LIKADAN mössa. Nu har jag två. JAG KOMMER",
                "reactions": [("johanna", "haha"), ("petra", "haha"), ("sofia", "haha"), ("marcus", "haha")],
            },
            {
                "author": "johanna", "hours_after": 0.9, "lang": "sv",
                "text": "Vi kommer allihop, och jag tar med potatismos, det är inte julmat men det är jag.",
                "reactions": [("birgitta", "heart"), ("daniel", "haha")],
            },
            {
                "author": "hanna", "hours_after": 1.4, "lang": "sv",
                "text": "Jag kommer kl. 14.00. Hur varmt är det inne? Jag frågar i täckjacka.",
                "reactions": [("marcus", "haha"), ("petra", "hug")],
            },
            {
                "author": "birgitta", "hours_after": 1.6, "lang": "sv",
                "text": "Tjugotvå grader. Du får stolen vid ugnen.",
                "reactions": [("hanna", "heart"), ("leyla", "heart")],
            },
            {
                "author": "callum", "hours_after": 2.5, "lang": "en",
                "text": (
                    "Found a flight that costs less than the bus to it. I'm coming. I'll see to any door that needs "
                    "seeing to. There's a wardrobe I've heard about."
                ),
                "reactions": [("johanna", "heart"), ("daniel", "glad"), ("sara", "glad")],
            },
            {
                "author": "birgitta", "hours_after": 13.0, "lang": "sv",
                "text": "Garderoben rör du inte.",
                "reactions": [("johanna", "haha"), ("callum", "haha"), ("daniel", "haha"), ("robin", "haha")],
            },
            {
                "author": "petra", "hours_after": 15.3, "lang": "sv",
                "text": (
                    "Halv fyra, jag jobbar till tre. 120 köttbullar. Skriv här om någon annan tänkte göra köttbullar, "
                    "så att det inte blir som 2022."
                ),
                "reactions": [("yusuf", "haha"), ("fatuma", "haha"), ("robin", "haha")],
            },
            {
                "author": "yusuf", "hours_after": 16.0, "lang": "sv",
                "text": "Det var fyrahundra köttbullar på nitton personer. Tjugoen var. Jag gör en linsgryta.",
                "reactions": [("petra", "haha"), ("fatuma", "idea"), ("birgitta", "glad")],
            },
            {
                "author": "kim", "hours_after": 27.5, "lang": "sv",
                "text": "vet inte om det är för mycket folk för mig i år. lovar inget men ni ska veta att jag har läst",
                "reactions": [("birgitta", "heart"), ("leyla", "hug"), ("sofia", "hug")],
            },
            {
                "author": "birgitta", "hours_after": 36.6, "lang": "sv",
                "text": "Det står en tallrik till klockan tio, Kim. Sedan står den i kylen.",
                "reactions": [("kim", "heart"), ("johanna", "heart")],
            },
            {
                "author": "olof", "hours_after": 38.2, "lang": "sv",
                "text": "Då har jag slutat. Får man komma ändå?",
                "reactions": [("daniel", "heart"), ("callum", "heart")],
            },
            {
                "author": "birgitta", "hours_after": 38.4, "lang": "sv",
                "text": "Du skär skinkan.",
                "reactions": [
                    ("olof", "glad"), ("daniel", "haha"), ("robin", "haha"), ("ali", "haha"), ("johanna", "heart"),
                ],
            },
        ],
    },
    # 37: a rite: what people hear at night. Half a year of it, Rasmus from before he went quiet.
    {
        "key": "first-night-alone",
        "space": "utflyttat",
        "title": "Första natten själv - tråden man skriver i kl 02",
        "author": "ali",
        "days_ago": 200.83,
        "mode": "tell",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "jag skrev aldrig nåt min första natt. satt på golvet m en pizza o kolla på min egen dörr. snart två år "
            "sen nu men jag är ändå vaken så\n\n"
            "här är tråden. man skriver i den när det är ens första natt, eller när den är som den första fast det var "
            "längesen. man behöver inte ha nåt att säga. skriv vad du hör\n\n"
            "kylskåp. granne som kollar på matlagning. mig själv"
        ),
        "reactions": [
            ("leyla", "heart"), ("daniel", "heart"), ("kim", "heart"), ("rasmus", "heart"), ("sofia", "hug"),
            ("johanna", "heart"), ("callum", "heart"),
        ],
        "replies": [
            {
                "author": "lars", "hours_after": 0.21, "lang": "sv",
                "text": "02.17. Diskmaskinen på Linden, sista sköljningen. Uppehåll, fyra plus. God kväll, Ali.",
                "reactions": [("ali", "heart"), ("leyla", "glad")],
            },
            {
                "author": "leyla", "hours_after": 1.4, "lang": "sv",
                "text": (
                    "Rast. En pump, och någon som äntligen sover. Min första natt var det hissen. Varje gång den "
                    "stannade trodde jag att det var till mig."
                ),
                "reactions": [("ali", "heart"), ("kim", "heart"), ("johanna", "hug")],
            },
            {
                "author": "johanna", "hours_after": 5.6, "lang": "sv",
                "text": (
                    "2009 sov jag i hallen med kappan på, för då hade jag ytterdörren i ryggen, och på morgonen låg "
                    "någon annans tidning på mattan och jag läste den, alltihop, även bridgen."
                ),
                "reactions": [("ali", "heart"), ("sofia", "heart"), ("daniel", "glad"), ("callum", "heart")],
            },
            {
                "author": "robin", "hours_after": 9.8, "lang": "sv",
                "text": "JAG RINGDE MIN EGEN MOBIL för att höra nåt. Det var upptaget",
                "reactions": [("ali", "haha"), ("johanna", "haha"), ("kim", "haha"), ("leyla", "haha")],
            },
            {
                "author": "rasmus", "hours_after": 288.3, "lang": "sv",
                "text": "Inte första. Snart ett år. Men den lät likadant i natt, så.",
                "reactions": [("ali", "hug"), ("leyla", "hug"), ("lars", "heart")],
            },
            {
                "author": "ali", "hours_after": 288.5, "lang": "sv",
                "text": "bra att du skrev bror. va hör du",
                "reactions": [("rasmus", "glad")],
            },
            {
                "author": "rasmus", "hours_after": 288.7, "lang": "sv",
                "text": "Regn. Och att det plingade när du svarade.",
                "reactions": [("ali", "heart"), ("leyla", "heart"), ("sofia", "heart")],
            },
            {
                "author": "fatuma", "hours_after": 961.1, "lang": "sv",
                "text": "Bebis. Bebis. Kylskåp. Bebis.",
                "reactions": [("ali", "haha"), ("johanna", "hug"), ("leyla", "haha"), ("petra", "hug")],
            },
            {
                "author": "kim", "hours_after": 2401.0, "lang": "sv",
                "text": "ny lägenhet, andrahand. nån drar en stol fram och tillbaka ovanför. undrar om den också är ny",
                "reactions": [("ali", "heart"), ("leyla", "heart"), ("sofia", "hug"), ("callum", "heart")],
            },
            {
                "author": "callum", "hours_after": 2407.2, "lang": "en",
                "text": (
                    "My first place came with a clock. I put it in the oven. Could still hear it. Took the battery out "
                    "in the end, which I might have done first."
                ),
                "reactions": [("kim", "haha"), ("ali", "haha"), ("johanna", "haha"), ("daniel", "haha")],
            },
            {
                "author": "hanna", "hours_after": 4441.4, "lang": "sv",
                "text": (
                    "Inte första, men första med sängen mitt i rummet. 16 grader. Jag hör mig själv andas i en halsduk."
                ),
                "reactions": [("petra", "hug"), ("leyla", "hug"), ("kim", "hug"), ("marcus", "hug")],
            },
            {
                "author": "daniel", "hours_after": 4443.78, "lang": "sv",
                "text": "04.50, kör ut. Räknar tända fönster första varvet. Nio i dag. Ett kan vara ditt.",
                "reactions": [
                    ("hanna", "heart"), ("leyla", "heart"), ("ali", "heart"), ("kim", "heart"), ("birgitta", "heart"),
                ],
            },
            {
                "author": "ali", "hours_after": 4776.2, "lang": "sv",
                "text": "inget. kollar bara att tråden är kvar. kylskåpet hälsar",
                "reactions": [("kim", "heart"), ("lars", "heart"), ("leyla", "glad"), ("daniel", "glad")],
            },
        ],
    },
    # 39: an idea, the questions it met, the answer with its reasons, and how the trial goes.
    {
        "key": "kitchen-key",
        "space": "ideverkstan",
        "title": "Egen nyckel till köket efter 22",
        "author": "amina",
        "days_ago": 16.1,
        "mode": "ask",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "asså. köket på solgläntan låses 22. jag blir hungrig 22.15. varje kväll, det är typ en naturlag\n\n"
            "förslag: man får låna en egen nyckel på kvällen. man skriver upp sig, man släcker, man lämnar tillbaka "
            "den. man ger den inte till elias bara för att han tigger\n\n"
            "varför: 1 hungrig. 2 man pratar bäst efter 22. 3 vi gör det redan fast med chips under sängen"
        ),
        "reactions": [("elias", "strong"), ("wilma", "strong"), ("tuva", "idea"), ("samir", "glad"), ("elin", "idea")],
        "replies": [
            {
                "author": "elias", "hours_after": 0.1, "lang": "sv",
                "text": "har aldrig tiggt i hela mitt liv. snälla",
                "reactions": [("amina", "haha"), ("wilma", "haha"), ("sara", "haha")],
            },
            {
                "author": "tuva", "hours_after": 0.5, "lang": "sv",
                "text": (
                    "Jag är för, om:\n\n"
                    "1. Fläkten är av efter elva. Den går också genom min vägg.\n"
                    "2. Disken är borta på morgonen.\n"
                    "3. Det går att se vem som har nyckeln."
                ),
                "reactions": [("amina", "idea"), ("elin", "idea"), ("birgitta", "idea")],
            },
            {
                "author": "samir", "hours_after": 0.9, "lang": "sv",
                "text": (
                    "På Linden är det olåst hela natten. Vi lever i frihet. Jag säger det med kärlek till er i "
                    "medeltiden."
                ),
                "reactions": [("elias", "haha"), ("isla", "haha"), ("dawit", "haha")],
            },
            {
                "author": "jonna", "hours_after": 1.1, "lang": "sv",
                "text": "På Linden sitter Lars i köket.",
                "reactions": [("samir", "haha"), ("lars", "glad"), ("amina", "haha"), ("birgitta", "haha")],
            },
            {
                "author": "elin", "hours_after": 16.2, "lang": "sv",
                "text": (
                    "Den kommer upp på husmötet på tisdag. Det jag har skrivit upp hittills:\n\n"
                    "- Var skriver man upp sig?\n"
                    "- Spisen, eller bara micron?\n"
                    "- Om en slarvar, vad händer för de andra? (Wilma undrade i trappan)\n\n"
                    "Vad saknas?"
                ),
                "reactions": [("amina", "glad"), ("wilma", "glad"), ("tuva", "glad")],
            },
            {
                "author": "birgitta", "hours_after": 136.4, "lang": "sv",
                "text": (
                    "Ja. Vi provar i fyra veckor.\n\n"
                    "Nyckeln ligger i tredje lådan på kontoret och man skriver upp sig hos den som jobbar natt. Micro, "
                    "brödrost och kyl, inte spisen, för ingen av oss är i köket då och brandlarmet är känsligt. Den "
                    "som glömmer disken vilar från nyckeln en kväll. Bara den.\n\n"
                    "Bra tänkt, Amina."
                ),
                "reactions": [
                    ("amina", "heart"), ("wilma", "strong"), ("tuva", "glad"), ("elias", "strong"), ("elin", "glad"),
                    ("sara", "glad"),
                ],
            },
            {
                "author": "amina", "hours_after": 136.6, "lang": "sv",
                "text": "VA. på riktigt?? mackor åt alla ikväll. 22.15",
                "reactions": [("elias", "strong"), ("wilma", "glad"), ("tuva", "glad")],
            },
            {
                "author": "anders", "hours_after": 230.1, "lang": "sv",
                "text": (
                    "Fjärde kvällen i går. Fem personer, ingen disk, och ett samtal om rymden som tystnade när jag kom "
                    "in efter mina glasögon."
                ),
                "reactions": [("amina", "haha"), ("tuva", "haha"), ("wilma", "haha"), ("birgitta", "glad")],
            },
        ],
    },
    # 40: staff only, and nothing here but small promises; the rest is said at a table.
    {
        "key": "handover",
        "space": "personalrummet",
        "title": "Överlämning Olof -> Sara, vad vi lovat",
        "author": "olof",
        "days_ago": 1.4,
        "mode": "tell",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "Det mesta står där det ska stå. Men så finns det sådant man har lovat i förbifarten, i hallen, och det "
            "brukar försvinna när folk slutar.\n\n"
            "- Elias cykel. Framhjulet är riktat, växeln är det inte. Lovat före snön. Delarna ligger i tredje lådan i "
            "verkstan, inte i den andra.\n"
            "- Samirs bokhylla ska skruvas fast i väggen när han har flyttat. Borrmaskinen är min, men den stannar.\n"
            "- Isla ska få köra gräsklipparen till våren. Hon har sagt till sin mormor att hon ska.\n"
            "- Torsdagar ställer man fram schackbrädet. Dawit har vit.\n\n"
            "Inget av det är stort. Alla fyra kommer ihåg."
        ),
        "reactions": [("birgitta", "heart"), ("karin", "idea"), ("jonna", "heart"), ("lars", "heart")],
        "replies": [
            {
                "author": "sara", "hours_after": 0.6, "lang": "sv",
                "text": (
                    "Allt är avskrivet. En fråga: vet Samir och Isla att det är jag, eller ska jag vänta tills du har "
                    "sagt det?"
                ),
                "reactions": [("olof", "idea"), ("elin", "idea")],
            },
            {
                "author": "olof", "hours_after": 0.9, "lang": "sv",
                "text": "Samir vet. Isla hör det av mig i eftermiddag, i verkstan. Vänta till efter fyra.",
                "reactions": [("sara", "heart"), ("birgitta", "glad")],
            },
            {
                "author": "mehmet", "hours_after": 1.4, "lang": "sv",
                "text": "Jag tar torsdagarna. Jag är usel på schack, men jag blir lätt matt.",
                "reactions": [("jonna", "hug"), ("anders", "haha"), ("lars", "haha")],
            },
            {
                "author": "karin", "hours_after": 2.3, "lang": "sv",
                "text": (
                    "Bra att det är cyklar och hyllor som står här och inget annat. Resten tar vi på tisdag, du, Sara "
                    "och jag, vid ett bord."
                ),
                "reactions": [("olof", "idea"), ("sara", "idea")],
            },
            {
                "author": "birgitta", "hours_after": 4.6, "lang": "sv",
                "text": "Du slipper tårta, Olof. Det blir en längd.",
                "reactions": [("anders", "haha"), ("sara", "haha"), ("elin", "glad")],
            },
            {
                "author": "olof", "hours_after": 4.8, "lang": "sv",
                "text": "En längd går an.",
                "reactions": [("birgitta", "haha"), ("jonna", "haha"), ("lars", "glad")],
            },
        ],
    },
]
# fmt: on
