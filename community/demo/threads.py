"""Eleven threads in six channels, written by the first twelve and Dawit. Everybody and everything is made up.

`days_ago` counts back from ANCHOR_TIME on the anchor day (2026-11-21, a Saturday), in the home's zone;
`hours_after` counts from the opening. `note` is a heads-up, `quotes` a piece (thread, or thread/number of the reply)
and words of it. Weekdays in the texts fit that anchor.
Texts are Markdown, as people type it, typing errors included. Reactions are (sign-in name, kind).
Each person's voice is noted in people.py.
"""

from typing import Any

ANCHOR_TIME = "21:00"

# One line for who, when and in which language: the formatter would make three of it.
# fmt: off
THREADS: list[dict[str, Any]] = [
    # 1 in the table: the oldest thread, still getting hellos a year later.
    {
        "key": "welcome-home",
        "space": "vardagsrummet",
        "title": "Välkommen hem, allihop / Welcome home, everyone",
        "author": "birgitta",
        "days_ago": 400.15,
        "mode": "tell",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "Då var vi här. Inga annonser för gräsklippare och ingen utifrån som läser.\n\n"
            "Det här är för er som bor här, er som har flyttat och oss som jobbar. Skriv när du har lust. "
            "Läs när du inte har det. Du är med så länge du vill, även när du bor någon annanstans "
            "och har en egen ugn.\n\n"
            "Reglerna är sju. De får plats på kylskåpet.\n\n"
            "---\n\n"
            "So here we are. No adverts for lawnmowers, and nobody outside reading.\n\n"
            "This is for you who live here, you who have moved out and we who work here. Write when you feel "
            "like it. Read when you don't. You belong as long as you want to, also when you live somewhere else "
            "and have an oven of your own.\n\n"
            "There are seven rules. They fit on the fridge."
        ),
        "reactions": [
            ("johanna", "heart"), ("callum", "heart"), ("sara", "heart"), ("tuva", "glad"), ("daniel", "glad"),
            ("isla", "glad"), ("noor", "heart"),
        ],
        "replies": [
            {
                "author": "johanna", "hours_after": 2.4, "lang": "sv",
                "text": (
                    "Loggade in med potatismos på händerna och det känns precis som att komma hem, det var alltid "
                    "potatismos. Johanna här, bodde på Solgläntan 2004 till 2009, i rummet med garderoben som inte "
                    "gick att stänga."
                ),
                "reactions": [("birgitta", "heart"), ("amina", "glad")],
            },
            {
                "author": "elias", "hours_after": 2.7, "lang": "sv",
                "text": "den går fortfarande inte att stänga",
                "reactions": [("johanna", "haha"), ("sara", "haha"), ("amina", "haha")],
            },
            {
                "author": "johanna", "hours_after": 2.8, "lang": "sv",
                "text": "Då är allt som det ska.",
                "reactions": [("elias", "glad")],
            },
            {
                "author": "tuva", "hours_after": 3.5, "lang": "sv",
                "text": "Jag har läst alla sju reglerna. Nummer fem är till Elias.",
                "reactions": [("amina", "haha"), ("jonna", "haha")],
            },
            {
                "author": "callum", "hours_after": 15.0, "lang": "en",
                "text": (
                    "Hello from Leith. It took me four goes to get the password right, so it's already safer than "
                    "my front door. Good to be in, Birgitta."
                ),
                "reactions": [("birgitta", "heart"), ("daniel", "haha")],
            },
            {
                "author": "birgitta", "hours_after": 16.2, "lang": "sv",
                "text": "@Callum, har du köpt en riktig vinterjacka än?",
                "reactions": [("callum", "haha"), ("johanna", "haha")],
            },
            {
                "author": "callum", "hours_after": 16.4, "lang": "en",
                "text": "No.",
                "reactions": [("samir", "haha"), ("birgitta", "hug")],
            },
            {
                "author": "daniel", "hours_after": 26.5, "lang": "sv",
                "text": (
                    "Tjena. Daniel, Linden till 2021. Kör buss nu. Vinka om ni ser mig. Jag vinkar inte tillbaka, "
                    "jag håller i ratten."
                ),
                "reactions": [("sara", "glad"), ("samir", "glad")],
            },
            {
                "author": "samir", "hours_after": 27.0, "lang": "sv",
                "text": "Vänta. Var det DU som körde förbi mig i regnet i tisdags??",
                "reactions": [],
            },
            {
                "author": "daniel", "hours_after": 27.2, "lang": "sv",
                "text": "Du stod inte vid hållplatsen. Du stod vid korven.",
                "reactions": [("samir", "haha"), ("elias", "haha"), ("jonna", "haha"), ("tuva", "haha")],
            },
            {
                "author": "isla", "hours_after": 3888.5, "lang": "en",
                "text": (
                    "Hi, I'm Isla, I moved in on Monday. I've been told the important information is in here. "
                    "Where are the good mugs?"
                ),
                "reactions": [("samir", "glad"), ("callum", "glad"), ("sara", "heart")],
            },
            {
                "author": "samir", "hours_after": 3889.0, "lang": "en",
                "text": "Behind the oats. Don't tell Elias, he is visiting a lot.",
                "reactions": [("isla", "haha")],
            },
            {
                "author": "noor", "hours_after": 5280.6, "lang": "sv",
                "text": "Hej. Noor. Jag läser mest.",
                "reactions": [("amina", "heart"), ("isla", "heart"), ("tuva", "heart"), ("jonna", "heart")],
            },
        ],
    },
    # 2: teasing that goes a step too far for a moment, and a host who needs one line.
    {
        "key": "airpods",
        "space": "vardagsrummet",
        "title": "Vem tog mina AirPods (skämt. lite)",
        "author": "elias",
        "days_ago": 1.16,
        "mode": "tell",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "ok så kl 3 låg mina airpods på kösbordet och kl 5 låg dom inte på köksbordet\n\n"
            "jag anklagar ingen. men jag har gjort en lista på misstänkta och den är i bokstavsordning "
            "och den börjar på A"
        ),
        "reactions": [("isla", "haha"), ("samir", "haha")],
        "replies": [
            {
                "author": "amina", "hours_after": 0.2, "lang": "sv",
                "text": "A som i alla som orkar ta med sina grejer från bordet",
                "reactions": [("tuva", "haha"), ("sara", "haha")],
            },
            {
                "author": "elias", "hours_after": 0.3, "lang": "sv",
                "text": (
                    "exakt vad en skyldig skulle säga. samir var också här och han gick väldigt försiktigt. "
                    "och tuva har öron"
                ),
                "reactions": [("amina", "haha")],
            },
            {
                "author": "jonna", "hours_after": 0.7, "lang": "sv",
                "quotes": ("airpods", "jag har gjort en lista på misstänkta"),
                "text": "Tre misstänkta och noll kollade fickor. Börja med dina egna, Elias.",
                "reactions": [("amina", "haha"), ("samir", "haha"), ("birgitta", "haha"), ("daniel", "haha")],
            },
            {
                "author": "tuva", "hours_after": 1.0, "lang": "sv",
                "text": "Klockan fyra plingade det i tvättmaskinen. Jag trodde att det var en knapp.",
                "reactions": [("isla", "haha")],
            },
            {
                "author": "elias", "hours_after": 1.05, "lang": "sv",
                "text": "nej",
                "reactions": [("samir", "hug")],
            },
            {
                "author": "samir", "hours_after": 1.1, "lang": "sv",
                "text": "Vilket program, Tuva. Säg det bara. Han är stark.",
                "reactions": [("amina", "haha"), ("jonna", "haha")],
            },
            {
                "author": "tuva", "hours_after": 1.2, "lang": "sv",
                "text": "Sextio grader. Extra sköljning.",
                "reactions": [("amina", "haha"), ("daniel", "haha"), ("johanna", "haha")],
            },
            {
                "author": "elias", "hours_after": 16.6, "lang": "sv",
                "text": (
                    "dom låg i min hoodie. i fickan. som jag la i maskinen\n\n"
                    "förlåt amina. förlåt samir för det där om hur du går. dom funkar btw, vänstra låter "
                    "bara lite som om alla bor i en tunna"
                ),
                "reactions": [("samir", "heart"), ("jonna", "glad"), ("amina", "haha"), ("sara", "glad")],
            },
            {
                "author": "amina", "hours_after": 16.9, "lang": "sv",
                "text": "asså jag dör. tar emot ursäkter i form av pannkakor",
                "reactions": [("elias", "glad"), ("isla", "haha")],
            },
            {
                "author": "isla", "hours_after": 17.4, "lang": "en",
                "text": "So the suspect was the victim and the weapon was extra rinse. Best thing I've read all week.",
                "reactions": [("tuva", "glad"), ("callum", "haha"), ("elias", "haha")],
            },
        ],
    },
    # 3: English, weather, nothing happens, everybody is glad.
    {
        "key": "rainy-leith",
        "space": "vardagsrummet",
        "title": "Hello from rainy Leith",
        "author": "callum",
        "days_ago": 2.06,
        "mode": "tell",
        "just_listen": False,
        "lang": "en",
        "text": (
            "Sideways rain since Tuesday. The gulls have given up and are walking.\n\n"
            "Hung six kitchen doors today for a woman who made me tea four times and told me about her knees. "
            "On the way home I passed a place selling cinnamon buns for four pounds fifty. Bought one. "
            "Dry as a skirting board. Stood there in the wet missing Birgitta's like a wee boy.\n\n"
            "Anyway. What's it doing in Havsby?"
        ),
        "reactions": [("isla", "haha"), ("johanna", "heart"), ("birgitta", "heart"), ("noor", "glad")],
        "replies": [
            {
                "author": "isla", "hours_after": 0.4, "lang": "en",
                "text": (
                    "Four pounds FIFTY. My gran would have asked to speak to the bun.\n\n"
                    "It's grey here. The kind of grey with no plan."
                ),
                "reactions": [("callum", "haha"), ("johanna", "haha")],
            },
            {
                "author": "callum", "hours_after": 0.5, "lang": "en",
                "text": '"Grey with no plan" is going on the side of my van.',
                "reactions": [("isla", "glad")],
            },
            {
                "author": "birgitta", "hours_after": 1.1, "lang": "sv",
                "text": "Regn här också, men det faller rakt ner. Bullarna kostar som förr: den som äter diskar.",
                "reactions": [("amina", "haha"), ("callum", "heart")],
            },
            {
                "author": "callum", "hours_after": 1.3, "lang": "en",
                "text": "I make it about forty trays I owe you.",
                "reactions": [("birgitta", "haha"), ("daniel", "haha")],
            },
            {
                "author": "samir", "hours_after": 12.3, "lang": "en",
                "text": "Does the gulls really walk or is it a saying",
                "reactions": [],
            },
            {
                "author": "callum", "hours_after": 12.8, "lang": "en",
                "text": "They really walk. Single file. Very dignified.",
                "reactions": [("samir", "haha"), ("isla", "haha"), ("tuva", "glad")],
            },
            {
                "author": "noor", "hours_after": 22.2, "lang": "en",
                "text": "Here it stopped for ten minutes. I went out.",
                "reactions": [("callum", "heart"), ("isla", "heart"), ("jonna", "glad")],
            },
            {
                "author": "callum", "hours_after": 23.4, "lang": "en",
                "text": "That's exactly how it's done.",
                "reactions": [("noor", "glad")],
            },
        ],
    },
    # 5: joy, two languages, played and won on the anchor day itself.
    {
        "key": "goalkeeper",
        "space": "vardagsrummet",
        "title": "Football Saturday, we have no goalkeeper (again)",
        "author": "dawit",
        "days_ago": 3.19,
        "mode": "happy",
        "just_listen": False,
        "lang": "en",
        "text": (
            "Saturday at two, the gravel pitch. We're playing the lot from the bakery, who have actual shirts.\n\n"
            "We have eight people, one ball and no goalkeeper. Last time Samir went in goal and ducked.\n\n"
            "Wanted: somebody who isn't afraid of the ball. Or is afraid, but slow."
        ),
        "reactions": [("elias", "haha"), ("callum", "haha"), ("jonna", "haha"), ("amina", "glad")],
        "replies": [
            {
                "author": "samir", "hours_after": 0.3, "lang": "en",
                "text": "I did not duck. I showed the ball respect.",
                "reactions": [("dawit", "haha"), ("callum", "haha"), ("daniel", "haha")],
            },
            {
                "author": "elias", "hours_after": 0.5, "lang": "sv",
                "text": "du la dig ner samir. innan dom sköt",
                "reactions": [("amina", "haha"), ("tuva", "haha")],
            },
            {
                "author": "daniel", "hours_after": 3.6, "lang": "en",
                "text": "I'm off on Saturday. I have gloves. Only one good knee, but two gloves.",
                "reactions": [("dawit", "glad"), ("samir", "glad"), ("elias", "glad")],
            },
            {
                "author": "dawit", "hours_after": 3.8, "lang": "en",
                "text": "You're in. Which knee? We'll defend that side.",
                "reactions": [("daniel", "haha")],
            },
            {
                "author": "amina", "hours_after": 4.6, "lang": "sv",
                "text": "jag spelar inte men jag tar med apelsiner och skriker",
                "reactions": [("dawit", "heart")],
            },
            {
                "author": "tuva", "hours_after": 26.0, "lang": "sv",
                "text": "För protokollet: senast Amina spelade gjorde hon mål. På oss.",
                "reactions": [("amina", "haha"), ("elias", "haha"), ("sara", "haha")],
            },
            {
                "author": "jonna", "hours_after": 40.2, "lang": "en",
                "text": "I'll bring the first aid box and low expectations.",
                "reactions": [("dawit", "haha"), ("callum", "haha")],
            },
            {
                "author": "dawit", "hours_after": 71.7, "lang": "en",
                "text": "4-3. TO US. Daniel saved the last one with his face.",
                "reactions": [
                    ("callum", "glad"), ("birgitta", "glad"), ("sara", "glad"), ("johanna", "glad"), ("noor", "glad"),
                    ("samir", "strong"),
                ],
            },
            {
                "author": "daniel", "hours_after": 72.4, "lang": "sv",
                "text": "Mest örat. Det ringer fortfarande, men det är en glad ton.",
                "reactions": [("dawit", "haha"), ("jonna", "strong"), ("tuva", "haha")],
            },
            {
                "author": "elias", "hours_after": 72.9, "lang": "sv",
                "text": "jag gjorde två. säger det bara ifall nån undrar. två mål",
                "reactions": [("amina", "haha"), ("sara", "strong"), ("callum", "strong")],
            },
            {
                "author": "noor", "hours_after": 74.1, "lang": "sv",
                "text": "Jag hörde er ända in i köket. Det lät roligt. Jag kommer med nästa gång, tror jag.",
                "reactions": [("dawit", "heart"), ("amina", "heart"), ("samir", "heart"), ("jonna", "heart")],
            },
        ],
    },
    # 8: the old story. Fourteen replies, nobody agrees on the figures.
    {
        "key": "snowball-war",
        "space": "minnen",
        "title": "Minns ni snöbollskriget 2008?",
        "author": "johanna",
        "days_ago": 9.02,
        "mode": "tell",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "Första snön hos oss i morse och min dotter frågade om jag någonsin har vunnit ett krig. Jag sa ja.\n\n"
            "Solgläntan mot Linden, december 2008. Vi byggde mur i två dagar, med diskbaljorna, och gömde fyrtio "
            "snöbollar i frysen bakom fiskpinnarna. Linden hade ingen plan alls. De hade bara vilja.\n\n"
            "Det stod och vägde i en timme. Sedan kom Birgitta ut på trappan för att säga att det var mat, och alla "
            "slutade kasta, det blev alldeles tyst. Och hon böjde sig ner och tog en näve snö.\n\n"
            "Jag har aldrig sett någon kasta så, varken förr eller senare."
        ),
        "reactions": [
            ("amina", "haha"), ("elias", "haha"), ("callum", "heart"), ("sara", "heart"), ("daniel", "glad"),
            ("noor", "glad"),
        ],
        "replies": [
            {
                "author": "birgitta", "hours_after": 0.6, "lang": "sv",
                "text": "Jag minns att det var mat.",
                "reactions": [("johanna", "haha"), ("jonna", "haha"), ("amina", "haha")],
            },
            {
                "author": "johanna", "hours_after": 0.7, "lang": "sv",
                "text": "Du träffade mig i örat från tjugo meter.",
                "reactions": [],
            },
            {
                "author": "birgitta", "hours_after": 0.9, "lang": "sv",
                "text": "Femton. Och korven höll på att kallna.",
                "reactions": [("johanna", "haha"), ("tuva", "haha"), ("daniel", "haha"), ("elias", "haha")],
            },
            {
                "author": "elias", "hours_after": 1.2, "lang": "sv",
                "text": "vänta. BIRGITTA",
                "reactions": [("samir", "haha"), ("johanna", "haha")],
            },
            {
                "author": "amina", "hours_after": 1.4, "lang": "sv",
                "text": "snöbollar bakom fiskpinnarna är asså det smartaste nån gjort i det köket",
                "reactions": [("johanna", "glad")],
            },
            {
                "author": "johanna", "hours_after": 1.7, "lang": "sv",
                "text": "De blev is. Vi fick aldrig använda dem, och det var nog tur, mest för fönstren.",
                "reactions": [("amina", "haha")],
            },
            {
                "author": "callum", "hours_after": 14.1, "lang": "en",
                "text": (
                    "By 2012 this was already legend. I was told eighty snowballs, and that she threw left-handed "
                    "to be fair to them."
                ),
                "reactions": [("isla", "haha"), ("sara", "haha")],
            },
            {
                "author": "birgitta", "hours_after": 15.0, "lang": "sv",
                "text": "Jag är vänsterhänt, Callum.",
                "reactions": [("callum", "haha"), ("jonna", "haha"), ("isla", "haha"), ("samir", "haha")],
            },
            {
                "author": "daniel", "hours_after": 20.3, "lang": "sv",
                "text": "Till mig sa de tvåhundra. Och en katapult.",
                "reactions": [("johanna", "haha"), ("callum", "haha")],
            },
            {
                "author": "samir", "hours_after": 20.9, "lang": "sv",
                "text": "Om tio år är det drakar med. Jag tänker hjälpa till med det.",
                "reactions": [("daniel", "haha"), ("tuva", "glad")],
            },
            {
                "author": "tuva", "hours_after": 21.5, "lang": "sv",
                "text": "Finns det nedskrivet någonstans, eller är allt bara på minne?",
                "reactions": [],
            },
            {
                "author": "johanna", "hours_after": 24.3, "lang": "sv",
                "text": (
                    "Nu finns det här.\n\n"
                    "Det jag minns bäst är egentligen efteråt. Vi satt på hallgolvet i blöta vantar, båda husen, "
                    "och åt kall korv, och ingen hade bråttom upp. Jag hade inte suttit så med folk på länge."
                ),
                "reactions": [
                    ("birgitta", "heart"), ("noor", "heart"), ("amina", "heart"), ("callum", "hug"), ("sara", "heart"),
                ],
            },
            {
                "author": "elias", "hours_after": 24.9, "lang": "sv",
                "text": "när det kommer snö hit. solgläntan mot linden. birgitta får va domare men inte kasta",
                "reactions": [("samir", "strong"), ("isla", "glad"), ("amina", "glad"), ("noor", "glad")],
            },
            {
                "author": "birgitta", "hours_after": 37.2, "lang": "sv",
                "text": "Jag lovar ingenting.",
                "reactions": [("elias", "haha"), ("johanna", "haha"), ("sara", "haha"), ("daniel", "haha")],
            },
        ],
    },
    # 10: the English story in Memories.
    {
        "key": "wrong-fence",
        "space": "minnen",
        "title": "The day we painted the fence wrong",
        "author": "callum",
        "days_ago": 120.1,
        "mode": "tell",
        "just_listen": False,
        "lang": "en",
        "text": (
            "Put up a fence today, dead straight, and got to thinking about the other one.\n\n"
            "Linden, summer of 2014. Birgitta gave four of us four tins of red paint and said: the fence, before "
            "the weekend. We did the whole thing in a day. Sang all the way. Ate our tea on the grass like men who "
            "had built a ship.\n\n"
            "She came out, walked along it from one end to the other, took her time. "
            '"How lovely," she said. "That\'s the neighbour\'s."'
        ),
        "reactions": [
            ("isla", "haha"), ("johanna", "haha"), ("amina", "haha"), ("daniel", "haha"), ("birgitta", "heart"),
        ],
        "replies": [
            {
                "author": "birgitta", "hours_after": 1.0, "lang": "sv",
                "text": "Grannen var bortrest. Vi hade en hel vecka på oss att tänka ut vad vi skulle säga.",
                "reactions": [("callum", "haha"), ("sara", "haha")],
            },
            {
                "author": "isla", "hours_after": 1.3, "lang": "en",
                "text": "Please tell me he liked it",
                "reactions": [],
            },
            {
                "author": "callum", "hours_after": 1.6, "lang": "en",
                "text": (
                    "He stood at his gate for about ten minutes. Then he came over and asked if we'd do the other side."
                ),
                "reactions": [("isla", "glad"), ("johanna", "haha"), ("samir", "haha"), ("noor", "glad")],
            },
            {
                "author": "daniel", "hours_after": 19.8, "lang": "en",
                "text": "So THAT is why ours was grey and his was red. Four years I lived there. Nobody said a word.",
                "reactions": [("callum", "haha"), ("birgitta", "haha")],
            },
            {
                "author": "jonna", "hours_after": 21.4, "lang": "sv",
                "text": "Vårt rasade min första vecka på jobbet. Grannens står än.",
                "reactions": [("daniel", "haha"), ("callum", "haha"), ("tuva", "haha")],
            },
            {
                "author": "samir", "hours_after": 22.0, "lang": "en",
                "text": "So the wrong fence won",
                "reactions": [("isla", "haha")],
            },
            {
                "author": "callum", "hours_after": 25.2, "lang": "en",
                "text": "It often does. I measure twice now. And I ask whose it is.",
                "reactions": [("birgitta", "glad"), ("daniel", "haha"), ("elias", "haha")],
            },
        ],
    },
    # 17: an answer you can use. True of Sweden: permit to practise, eyes, health declaration, consent, fee.
    {
        "key": "learner-permit",
        "space": "fraga",
        "title": "How do I get a Swedish driving licence permit?",
        "author": "isla",
        "days_ago": 11.17,
        "mode": "ask",
        "just_listen": False,
        "lang": "en",
        "text": (
            "I'm 17 and I want to learn to drive. People keep saying *körkortstillstånd* at me as if that explained "
            "it.\n\n"
            "What is it, where do I get one, and does it matter that my Swedish is about 60 %? "
            "Please answer as if I were five. A five-year-old who drives."
        ),
        "reactions": [("samir", "haha"), ("callum", "haha"), ("tuva", "idea")],
        "replies": [
            {
                "author": "daniel", "hours_after": 2.3, "lang": "en",
                "text": (
                    "It's the permit to *start practising*. The licence comes later, from 18. What I did:\n\n"
                    "1. Optician. Ask for a *synintyg* for a driving licence. Ten minutes. Many send it in for you.\n"
                    "2. Apply on the transport agency's website, you sign with e-ID. There's a paper form as well.\n"
                    "3. In the same place you fill in a *hälsodeklaration*: questions about your health. "
                    "Answer what's true. A yes doesn't mean no, sometimes they just want a doctor's paper.\n"
                    "4. Under 18, your guardian has to agree.\n"
                    "5. Pay the fee, a few hundred at most. Wait. Mine took two weeks.\n\n"
                    "It lasts five years. You have to live in Sweden, you don't have to be Swedish."
                ),
                "reactions": [
                    ("isla", "idea"), ("tuva", "idea"), ("elias", "idea"), ("jonna", "idea"), ("samir", "idea"),
                ],
            },
            {
                "author": "jonna", "hours_after": 3.1, "lang": "en",
                "text": (
                    "Number 4 looks different for different people. Knock when you want to and we'll work out "
                    "who signs. It's a signature, not an exam."
                ),
                "reactions": [("isla", "heart")],
            },
            {
                "author": "elias", "hours_after": 3.4, "lang": "sv",
                "text": "jag är 16 får jag köra då. frågar åt en kompis som är jag",
                "reactions": [("isla", "haha"), ("amina", "haha")],
            },
            {
                "author": "daniel", "hours_after": 3.7, "lang": "sv",
                "text": (
                    "Övningsköra bil får man från 16, med tillståndet och en godkänd handledare bredvid. Hon eller han "
                    "ska ha fyllt 24 och haft körkort i minst fem år. Ni går introduktionskursen båda två först.\n\n"
                    "Buss, nej. Jag ser vart du är på väg."
                ),
                "reactions": [("elias", "haha"), ("sara", "idea"), ("isla", "haha")],
            },
            {
                "author": "tuva", "hours_after": 4.2, "lang": "en",
                "text": "You can take the theory test in English, Isla. It is on their list of languages. I checked.",
                "reactions": [("isla", "idea"), ("daniel", "idea")],
            },
            {
                "author": "callum", "hours_after": 14.6, "lang": "en",
                "text": "Drive on the right. That's all I have.",
                "reactions": [("isla", "haha"), ("daniel", "haha")],
            },
            {
                "author": "isla", "hours_after": 98.5, "lang": "en",
                "text": (
                    'Update: the optician says my eyes are "boringly good", and everything\'s sent. '
                    "Tack Daniel, best list I've ever been given."
                ),
                "reactions": [("daniel", "glad"), ("callum", "glad"), ("jonna", "strong"), ("birgitta", "glad")],
            },
        ],
    },
    # 18: funny, and you learn how to wash wool. Felted wool cannot be unfelted; that part is true.
    {
        "key": "shrunk-wool",
        "space": "fraga",
        "title": "Tvätta ull. Hjälp. Det är nu 40 cm långt.",
        "author": "samir",
        "days_ago": 13.24,
        "mode": "ask",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "Min tröja. Ull. Min bästa. Jag tvättade den med allt annat i sextio grader, för jag är en renlig "
            "människa.\n\n"
            "Den är nu 40 cm lång. Den passar en välklädd tax.\n\n"
            "Går den att rädda? Och hur gör man så att det inte händer igen. Jag frågar för nästa tröjas skull."
        ),
        "reactions": [("amina", "haha"), ("elias", "haha"), ("johanna", "hug"), ("isla", "haha"), ("jonna", "haha")],
        "replies": [
            {
                "author": "johanna", "hours_after": 0.9, "lang": "sv",
                "text": (
                    "Å nej. Den har filtat sig, fibrerna har hakat i varandra, och det går inte att backa. Du kan "
                    "lägga den i ljummet vatten med lite hårbalsam en halvtimme och dra försiktigt, men man vinner "
                    "några centimeter, inte en människa."
                ),
                "reactions": [("samir", "hug"), ("sara", "idea")],
            },
            {
                "author": "samir", "hours_after": 1.1, "lang": "sv",
                "text": "Några centimeter. Då är vi uppe i en beagle.",
                "reactions": [("johanna", "haha"), ("daniel", "haha"), ("amina", "haha")],
            },
            {
                "author": "tuva", "hours_after": 1.6, "lang": "sv",
                "text": (
                    "Till nästa tröja:\n\n"
                    "1. Läs lappen.\n"
                    "2. Vädra först. Det räcker oftast för ull.\n"
                    "3. Ullprogram, högst 30 grader. Eller för hand, utan att gnugga.\n"
                    "4. Ulltvättmedel. Inget sköljmedel.\n"
                    "5. Torka den liggande. Aldrig i tumlaren."
                ),
                "reactions": [
                    ("samir", "idea"), ("birgitta", "idea"), ("noor", "idea"), ("isla", "idea"), ("johanna", "idea"),
                ],
            },
            {
                "author": "amina", "hours_after": 1.8, "lang": "sv",
                "text": "punkt 6: inte ihop med jeans och en gaffel samir. jag var där",
                "reactions": [("samir", "haha"), ("tuva", "haha"), ("elias", "haha")],
            },
            {
                "author": "jonna", "hours_after": 4.4, "lang": "sv",
                "text": "Vi har ulltvättmedel. Det står på hyllan och har stått där sedan du flyttade in.",
                "reactions": [("birgitta", "haha")],
            },
            {
                "author": "samir", "hours_after": 4.5, "lang": "sv",
                "text": "Jag trodde det var till golvet",
                "reactions": [("jonna", "haha"), ("isla", "haha"), ("daniel", "haha"), ("amina", "haha")],
            },
            {
                "author": "johanna", "hours_after": 6.3, "lang": "sv",
                "text": (
                    "Vet du vad, klipp fyrkanter av den. Filtad ull repar sig inte i kanten och tål värme, det blir "
                    "de bästa grytlappar du har haft."
                ),
                "reactions": [("samir", "idea"), ("amina", "idea"), ("birgitta", "idea")],
            },
            {
                "author": "samir", "hours_after": 76.2, "lang": "sv",
                "text": (
                    "Den är nu sex grytlappar. Två till vårt kök, två till Solgläntan, en till Noor för att hon "
                    "sydde. Den sista är min. Den luktar fortfarande tröja."
                ),
                "reactions": [
                    ("johanna", "heart"), ("noor", "heart"), ("birgitta", "heart"), ("amina", "glad"), ("tuva", "glad"),
                ],
            },
        ],
    },
    # 35: only those who have moved out, and staff. The one post here with a little sadness in it.
    {
        "key": "miss-most",
        "space": "utflyttat",
        "title": "Vad saknar du mest (inte wifi)",
        "author": "daniel",
        "days_ago": 70.05,
        "mode": "tell",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "Stod i mitt kök i går och kom på vad det är. Att det alltid gick någon förbi.\n\n"
            "Man behövde inte prata. Det bara gick någon förbi.\n\n"
            "Vad saknar ni?"
        ),
        "reactions": [("johanna", "hug"), ("callum", "hug"), ("sara", "heart"), ("birgitta", "heart")],
        "replies": [
            {
                "author": "johanna", "hours_after": 0.8, "lang": "sv",
                "text": (
                    "Ljudet när den som jobbade natt ställde ner kaffekoppen. Då visste jag att någon var vaken, "
                    "och ungefär vad klockan var. Jag försökte förklara det för min man. Han köpte en väckarklocka."
                ),
                "reactions": [("daniel", "heart"), ("callum", "haha"), ("jonna", "heart"), ("birgitta", "heart")],
            },
            {
                "author": "callum", "hours_after": 1.5, "lang": "en",
                "text": "The notes on the fridge. There was always something rude about the cheese.",
                "reactions": [("daniel", "haha"), ("johanna", "haha")],
            },
            {
                "author": "daniel", "hours_after": 1.7, "lang": "sv",
                "text": '"Den här osten minns dig." Linden 2018. Vi fick aldrig veta vem.',
                "reactions": [("callum", "haha"), ("sara", "haha")],
            },
            {
                "author": "birgitta", "hours_after": 13.2, "lang": "sv",
                "text": "Det var jag.",
                "reactions": [("daniel", "haha"), ("callum", "haha"), ("jonna", "haha"), ("johanna", "haha")],
            },
            {
                "author": "sara", "hours_after": 15.1, "lang": "sv",
                "text": (
                    "Ni undrar kanske om det märktes att ni flyttade. Jag gick i en båge förbi din dörr i två år "
                    "efteråt, Daniel. Du slog alltid upp den."
                ),
                "reactions": [("daniel", "heart"), ("johanna", "heart"), ("callum", "glad")],
            },
            {
                "author": "daniel", "hours_after": 17.0, "lang": "sv",
                "text": "Förlåt för axeln. Alla gångerna.",
                "reactions": [("sara", "haha")],
            },
            {
                "author": "johanna", "hours_after": 25.0, "lang": "sv",
                "text": (
                    "Söndagar är konstigast, tycker jag fortfarande. Barnen äter tidigt, vid sju är allt undanplockat, "
                    "och sedan är det bara tyst. Hos oss skrek alltid någon om disken då. Jag trodde att man växte "
                    "ifrån det."
                ),
                "reactions": [("callum", "hug"), ("daniel", "hug"), ("sara", "hug"), ("birgitta", "hug")],
            },
            {
                "author": "birgitta", "hours_after": 26.1, "lang": "sv",
                "text": (
                    "Det skriks fortfarande om disken. Söndagar klockan fem står det en tallrik extra. Du behöver "
                    "inte säga till innan."
                ),
                "reactions": [("johanna", "heart"), ("daniel", "heart"), ("callum", "heart"), ("jonna", "heart")],
            },
            {
                "author": "johanna", "hours_after": 26.4, "lang": "sv",
                "text": "Då tar jag med potatismos.",
                "reactions": [("birgitta", "glad"), ("sara", "glad"), ("daniel", "haha")],
            },
        ],
    },
    # 38: one house, one laundry room. Sara in place of Elin.
    {
        "key": "laundry-trial",
        "space": "solglantan",
        "title": "Tvättstugan: nytt förslag, testar 2 veckor",
        "author": "sara",
        "days_ago": 9.25,
        "mode": "ask",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "I tisdags sa ni att listan i tvättstugan inte funkar. Någon skriver upp sig på sex tider (jag säger "
            "inte vem, Elias) och någon tvättar på natten. Så här sa ni att ni ville prova:\n\n"
            "- två tider i veckan var, som är dina\n"
            "- resten är först till kvarn\n"
            "- glömd tvätt läggs i en korg, inte på golvet\n\n"
            "Vad har vi missat?"
        ),
        "reactions": [("tuva", "idea"), ("amina", "haha"), ("birgitta", "glad")],
        "replies": [
            {
                "author": "elias", "hours_after": 1.2, "lang": "sv",
                "text": "du sa precis vem",
                "reactions": [("amina", "haha"), ("tuva", "haha"), ("birgitta", "haha")],
            },
            {
                "author": "sara", "hours_after": 1.5, "lang": "sv",
                "text": "Ja, det blev så. Förlåt. Du får en av mina bullar.",
                "reactions": [("elias", "glad")],
            },
            {
                "author": "tuva", "hours_after": 3.0, "lang": "sv",
                "text": "Centrifugen hörs rakt in till mig. Jag vill slippa den efter tio. Det är min enda punkt.",
                "reactions": [("sara", "idea")],
            },
            {
                "author": "amina", "hours_after": 3.3, "lang": "sv",
                "text": "shit är det DIN vägg. sorry. trodde det bara var förrådet där. slutar med det",
                "reactions": [("tuva", "heart"), ("sara", "heart")],
            },
            {
                "author": "tuva", "hours_after": 3.5, "lang": "sv",
                "text": "Tack. Du får gärna tvätta före sju på morgonen. Då är jag ändå arg.",
                "reactions": [("amina", "haha"), ("elias", "haha"), ("sara", "haha")],
            },
            {
                "author": "birgitta", "hours_after": 18.4, "lang": "sv",
                "text": "Korgen är köpt. Den är stor. Det är inte en utmaning.",
                "reactions": [("amina", "haha"), ("sara", "haha"), ("tuva", "haha")],
            },
            {
                "author": "tuva", "hours_after": 170.3, "lang": "sv",
                "text": "Halvtid. Strumpor på golvet: noll. Nattvättar: noll. Strumpor i korgen som är Elias: elva.",
                "reactions": [("sara", "glad"), ("amina", "haha"), ("birgitta", "haha")],
            },
            {
                "author": "elias", "hours_after": 170.9, "lang": "sv",
                "text": "elva är ojämnt. nån har en av mina strumpor. jag gör en lista",
                "reactions": [("amina", "haha"), ("tuva", "haha"), ("sara", "haha")],
            },
        ],
    },
    # Not in the table: Linden's own thread, so that no house opens on an empty page. "Just listen", so no haha.
    {
        "key": "cucumber-the-cat",
        "space": "linden",
        "title": None,
        "author": "noor",
        "days_ago": 6.08,
        "mode": "tell",
        "just_listen": True,
        "note": "om ett djur som har dött",
        "lang": "sv",
        "text": (
            "Katten jag hade förut skulle ha fyllt nio i dag.\n\n"
            "Jag vill inte ha tips och ingen ny katt. Jag ville bara säga det till någon."
        ),
        "reactions": [("samir", "hug"), ("isla", "hug"), ("jonna", "heart")],
        "replies": [
            {
                "author": "isla", "hours_after": 0.3, "lang": "en",
                "text": "Happy birthday to your cat. What was the name?",
                "reactions": [("noor", "heart")],
            },
            {
                "author": "noor", "hours_after": 0.5, "lang": "sv",
                "text": "Gurkan. Hon åt gurka. Bara skalet.",
                "reactions": [("isla", "heart"), ("samir", "heart"), ("jonna", "glad")],
            },
            {
                "author": "samir", "hours_after": 0.8, "lang": "sv",
                "quotes": ("cucumber-the-cat/2", "Hon åt gurka. Bara skalet."),
                "text": (
                    "Det är det bästa namn jag har hört på en katt och jag har hört många. Jag skalade just en gurka "
                    "till mackorna. Skalet ligger på ett fat på bordet. Bara så du vet."
                ),
                "reactions": [("noor", "heart"), ("isla", "heart"), ("jonna", "heart")],
            },
            {
                "author": "jonna", "hours_after": 1.1, "lang": "sv",
                "text": "Jag är i köket till tio. Man får sitta här och prata om Gurkan, eller bara sitta.",
                "reactions": [("noor", "heart")],
            },
            {
                "author": "noor", "hours_after": 2.9, "lang": "sv",
                "text": "Tack för i kväll. Och för fatet.",
                "reactions": [("samir", "heart"), ("isla", "heart"), ("jonna", "heart")],
            },
        ],
    },
]
# fmt: on
