"""More of the first half: what the twenty-two others and the first twelve have written there. All of it is made up.

The format is that of threads.py; `_said` and `_opened` only save lines. Reactions are written "who:kind who:kind".
"""

from typing import Any


def _reactions(written: str) -> list[tuple[str, str]]:
    return [(who, kind) for who, kind in (pair.split(":") for pair in written.split())]


def _said(author: str, hours_after: float, text: str, reactions: str = "", lang: str = "sv") -> dict[str, Any]:
    made = _reactions(reactions)
    return {"author": author, "hours_after": hours_after, "lang": lang, "text": text, "reactions": made}


def _opened(
    key: str, space: str, title: str, author: str, days_ago: float, text: str, reactions: str, *replies: dict[str, Any],
    mode: str = "tell", just_listen: bool = False, lang: str = "sv", nameless: bool = False,
) -> dict[str, Any]:  # fmt: skip
    return {
        "key": key, "space": space, "title": title, "author": author, "days_ago": days_ago, "mode": mode,
        "just_listen": just_listen, "lang": lang, "text": text, "reactions": _reactions(reactions),
        "replies": list(replies), "nameless": nameless,
    }  # fmt: skip


# fmt: off
FIRST: list[dict[str, Any]] = [
    # 4: a birthday. Olof gives a bicycle, Noor a map.
    _opened(
        "samir-eighteen", "vardagsrummet", "Samir fyller 18 idag!!", "sara", 40.57,
        "I dag är Samir myndig. Han har påmint mig sedan i mars, så ingen ska kunna säga att de inte visste.\n\n"
        "Tårta på Linden klockan fem. Birgitta har bakat den. Alla får komma, ni från Solgläntan också. Ta med "
        "strumpor, golvet är kallt.",
        "amina:glad tuva:glad olof:heart daniel:glad noor:glad isla:heart",
        _said("samir", 0.4, "Akt ett. Jag vaknar. Jag är vuxen. Jag ligger kvar.", "amina:haha sara:haha johanna:haha"),
        _said("elias", 0.6, "grattis gubben. känns det i knäna", "samir:haha wilma:haha"),
        _said("samir", 0.7, "Allt känns, Elias. Jag har redan läst ett avtal. Hela.", "petra:haha hanna:strong"),
        _said(
            "olof", 1.6,
            "Grattis, Samir. Cykeln är klar. Bromsarna tar nu, så börja försiktigt.",
            "samir:heart mehmet:glad",
        ),
        _said("amina", 3.2, "grattiiiis. får du bestämma efterrätt nu när du är vuxen eller", "samir:haha"),
        _said("birgitta", 3.4, "Nej.", "amina:haha samir:haha jonna:haha elias:haha"),
        _said(
            "callum", 4.0,
            "Happy birthday, Samir. Eighteen. You're now allowed to pay for your own bad jacket.",
            "isla:haha samir:haha", "en",
        ),
        _said("samir", 4.3, "I have many jackets Callum. I can send one", "callum:haha isla:haha", "en"),
        _said("noor", 9.1, "Grattis. Det ligger något i brevlådan. Den riktiga, i hallen.", "isla:heart"),
        _said(
            "samir", 9.5,
            "NOOR. En karta över alla ställen där jag har tappat bort nycklarna. Tolv stycken, med datum. Jag ska "
            "rama in den. Jag ska bara hitta en ram.",
            "noor:glad sara:heart jonna:haha tuva:glad olof:haha",
        ),
        _said(
            "tuva", 11.0,
            "För protokollet: arton ljus. Samir blåste ut fjorton, Elias två, Mehmet två. Det gick jämnt upp.",
            "mehmet:haha elias:haha samir:haha",
        ),
        _said(
            "samir", 16.2,
            "Akt tre. Alla har gått. Jag åt sista biten i mörkret i köket. Lars kom in och tände, sa grattis och "
            "släckte igen.\n\nBästa dagen. Tack allihop, på riktigt.",
            "lars:heart sara:heart noor:heart birgitta:heart amina:heart isla:heart",
        ),
        mode="happy",
    ),
    # 6: a ritual. One line a night, sometimes two people, never an answer anybody owes.
    _opened(
        "good-night", "vardagsrummet", "God natt-tråden", "lars", 59.95,
        "Klockan är tolv minuter över tio. Det är lugnt i trappan, elementet på andra våningen knäpper, och någon har "
        "glömt en banan på räcket.\n\nJag tänkte att man kan säga god natt här. Ett ord räcker. Jag är vaken till sju.",
        "noor:heart ali:heart leyla:heart tuva:glad kim:heart",
        _said("tuva", 0.2, "God natt. Bananen är Elias.", "lars:haha"),
        _said("elias", 0.3, "bananen är offentlig. natti", "tuva:haha amina:haha"),
        _said("noor", 1.9, "God natt.", "lars:heart"),
        _said(
            "lars", 2.0,
            "God natt, Noor. Nu regnar det på plåttaket. Det låter som någon som letar i en kökslåda.",
            "noor:heart leyla:heart",
        ),
        _said(
            "isla", 24.4,
            "Night night from the top bunk. There is no bottom bunk. I just like saying it.",
            "callum:haha dawit:haha", "en",
        ),
        _said(
            "leyla", 50.1,
            "God natt från avdelning fyra. Här är det också bara element som knäpper.",
            "lars:heart kim:heart",
        ),
        _said("lars", 50.3, "Då är vi två som är vakna. Hälsa elementen.", "leyla:haha"),
        _said("kim", 98.9, "natt. sent skift. äter fil stående", "lars:hug sofia:hug"),
        _said("sofia", 99.0, "kim sätt dig", "kim:haha"),
        _said("sofia", 99.05, "och god natt", "kim:heart"),
        _said("samir", 144.2, "God natt, publiken.", "isla:haha lars:haha"),
        _said("dawit", 192.6, "gn. legs dead from training. worth it", "mehmet:strong samir:strong", "en"),
        _said("ali", 196.4, "tre på natten. nån", "kim:heart"),
        _said("lars", 196.5, "Ja. Jag löser korsord. Dansk ö på fyra bokstäver.", "ali:glad"),
        _said("ali", 196.6, "bror jag vet inte ens svenska öar", "lars:haha sofia:haha kim:haha"),
        _said(
            "fatuma", 201.0,
            "Samsö är fem. Fanö är fyra. God morgon, någon här fick inte sova alls.",
            "lars:idea ali:haha leyla:hug",
        ),
        _said(
            "callum", 312.8,
            "Goodnight from Leith. Rain's stopped. Nobody trusts it.",
            "isla:haha birgitta:haha", "en",
        ),
        _said("amina", 385.0, "natti. degen står i kylen RÖR DEN INTE elias", "elias:haha birgitta:heart"),
        _said("elias", 385.1, "jag har inte ens tänkt på den. nu tänker jag på den", "amina:haha tuva:haha"),
        _said("lars", 388.2, "Degen är kvar. Jag går förbi en gång i timmen.", "amina:heart elias:haha"),
        _said("wilma", 529.6, "Hörrni. Sista provet på bygg i morgon. Säg något snällt, men kort.", "amina:strong"),
        _said("noor", 529.9, "Du kan det.", "wilma:heart"),
        _said("daniel", 530.2, "Kör.", "wilma:heart jonna:haha"),
        _said(
            "wilma", 553.1,
            "Jag körde. Det gick. God natt till alla i hela världen utom uppgift nio.",
            "noor:glad daniel:strong amina:glad marcus:haha lars:glad",
        ),
        _said(
            "petra", 721.4,
            "God natt. Fyrtio samtal i dag, och det sista var fel nummer. Vi pratade länge ändå.",
            "leyla:heart johanna:heart",
        ),
        _said(
            "johanna", 867.5,
            "God natt från ett hus där alla andra sover och jag har köket för mig själv, det är den bästa timmen på "
            "dygnet, jag tänker inte göra någonting med den.",
            "petra:heart birgitta:heart",
        ),
        _said("noor", 1176.3, "God natt. Det snöade i fyra minuter.", "isla:heart lars:heart callum:heart"),
        _said(
            "lars", 1176.5,
            "Jag såg det. Jag stod på trappan med koppen. Vi såg samma snö.",
            "noor:heart leyla:heart",
        ),
        _said(
            "samir", 1416.7,
            "God natt. Nu är det tretton nätter kvar här. Jag räknar högt, i akter.",
            "isla:hug noor:hug olof:heart sara:heart",
        ),
        _said(
            "lars", 1417.0,
            "God natt, Samir. Du får skriva här från nästa adress också. Jag är vaken i alla fall.",
            "samir:heart ali:heart sara:heart",
        ),
    ),
    # 7: his own hello; nobody counted the months.
    _opened(
        "rasmus-back", "vardagsrummet", "Tillbaka efter ett tag. Vad har jag missat?", "rasmus", 0.21,
        "Hej. Jag har läst bakåt en stund och skrattat åt garderoben. Och åt att Birgitta är vänsterhänt.\n\n"
        "Vad har jag missat? Ni behöver inte säga allt.",
        "wilma:heart amina:heart birgitta:heart anders:glad",
        _said(
            "wilma", 0.3,
            "Rasmus. Hej. Kort version: Samir flyttar snart, Olof går i pension, Elias har tvättat sina hörlurar. Den "
            "långa tar jag gärna, jag sitter på bussen till fem.",
            "rasmus:glad elias:haha",
        ),
        _said(
            "anders", 0.9,
            "Hej Rasmus. Kartan i hallen hänger snett ännu. Det är du som satte upp den, så jag har låtit den vara.",
            "rasmus:haha tuva:haha birgitta:heart",
        ),
        _said("rasmus", 1.4, "Den ska vara lite sned. Annars ser man inte Gotland.", "anders:haha wilma:glad"),
        _said(
            "amina", 2.1,
            "du har missat typ sex pannkaksrecept och ett krig om tvättstugan. kul att du skrev",
            "rasmus:glad sara:heart",
        ),
    ),
    # 9: the proof is a note. It is not a recipe.
    _opened(
        "bun-proof", "minnen", "Birgittas kanelbullar - beviset", "robin", 30.12,
        "I TJUGO ÅR har Birgitta sagt att det inte finns något recept.\n\n"
        "Jag rensade skåpbilen i går och hittade min gamla termos. I locket låg en lapp, vikt fyra gånger. Hennes "
        "handstil. Jag citerar:\n\n> Robin. Smöret ska vara rumsvarmt. Inte varmt. Inte kallt. RUM.\n\n"
        "Det är ett recept, Birgitta. Du är avslöjad.",
        "johanna:haha amina:haha elias:haha marcus:haha sofia:haha",
        _said("birgitta", 0.8, "Det är en upplysning.", "robin:haha johanna:haha jonna:haha elias:haha sara:haha"),
        _said(
            "johanna", 1.0,
            'Jag har en likadan, fast på min står det bara "tålamod", och den låg i en vante.',
            "robin:haha birgitta:haha amina:heart",
        ),
        _said(
            "marcus", 2.7,
            'På min stod det "sluta öppna luckan". Jag trodde det gällde livet.',
            "robin:haha daniel:haha leyla:haha",
        ),
        _said("amina", 3.1, "asså om alla lägger ihop sina lappar har vi väl hela receptet", "robin:idea tuva:idea"),
        _said(
            "tuva", 3.9,
            "Jag har börjat. Hittills:\n\n1. Smöret: rum.\n2. Tålamod.\n3. Sluta öppna luckan.\n\n"
            "Mjöl saknas fortfarande i källorna.",
            "amina:haha robin:haha birgitta:haha johanna:haha",
        ),
        _said(
            "sofia", 5.0,
            "jag har en!! den är lite blöt men det står KARDEMUMMAN STÖTER MAN SJÄLV",
            "tuva:idea amina:glad robin:glad",
        ),
        _said(
            "robin", 5.2,
            "Fyra vittnen. Jag levererar bröd åt folk som har gått skola för det och ingen av dem får till den där "
            "undersidan. FORTSÄTT LETA.",
            "sofia:glad amina:strong",
        ),
        _said(
            "birgitta", 19.5,
            "Undersidan är plåten. Den är från 1974. Den ingår inte.",
            "robin:haha johanna:haha tuva:idea amina:haha marcus:haha",
        ),
    ),
    # 11: tender. Just listen: no advice, no laughing.
    _opened(
        "first-night", "minnen", "Min första natt här. Jag vågade inte släcka.", "leyla", 15.02,
        "Jag jobbar natt och i går satt jag hos en som inte ville att jag släckte. Då kom jag ihåg min egen.\n\n"
        "Rummet luktade målarfärg. Jag hade en kasse och en kudde som var min. Jag låg med taklampan på och lyssnade "
        "på vilka ljud som hörde till huset, så att jag skulle höra om det kom ett nytt.\n\n"
        "Vid två knackade det. Det var inte för att säga att jag skulle sova. Det var en lampa. En liten, med "
        'papperskärm. "Den här är snällare", sa Birgitta, och satte i den och gick.\n\n'
        "Jag vill bara berätta det. Jag har lampan kvar.",
        "noor:heart wilma:heart kim:hug johanna:heart amina:heart lars:heart sara:heart",
        _said(
            "wilma", 1.1,
            "Jag lyssnade också på ljuden. Det tog nog tre veckor innan jag slutade räkna dem.",
            "leyla:heart noor:hug",
        ),
        _said(
            "kim", 2.6,
            "jag sov i jackan. ingen sa nåt om det. dan efter hängde det en krok precis vid sängen",
            "leyla:heart sofia:heart anders:heart",
        ),
        _said(
            "johanna", 3.4,
            "Jag hade tagit sängen längst från dörren och sedan ångrat mig och flyttat den, mitt i natten, så tyst "
            "jag kunde, och på morgonen frågade de bara om jag ville ha hjälp att ställa den rakt.",
            "leyla:heart birgitta:heart wilma:heart",
        ),
        _said(
            "elias", 4.0,
            "jag skrattade åt allt hela första kvällen. sen låg jag vaken till fem. nu vet ni det",
            "amina:hug wilma:hug leyla:heart anders:heart",
        ),
        _said(
            "amina", 4.1,
            "jag visste det redan. väggen är tunn. därför knacka jag",
            "elias:heart leyla:heart sara:heart",
        ),
        _said(
            "elias", 4.2,
            "var det DU. jag trodde det var elementet. jag knacka tillbaka till ett element i två veckor",
            "amina:heart wilma:glad noor:heart",
        ),
        _said(
            "isla", 5.5,
            "Mine was in March. I'd practised saying \"god natt\" all the way in the car and then nobody was in the "
            "corridor to say it to, so I said it to the fire extinguisher.",
            "leyla:heart jonna:heart callum:hug", "en",
        ),
        _said(
            "callum", 14.3,
            "The extinguisher has heard a few. It said nothing to me either. Good listener.",
            "isla:heart leyla:glad", "en",
        ),
        _said(
            "noor", 26.0,
            "Jag släcker nu. Inte varje natt.",
            "leyla:heart wilma:heart jonna:heart amina:heart lars:heart",
        ),
        _said(
            "birgitta", 37.8,
            "Det finns tre sådana lampor kvar i förrådet. Man behöver inte säga varför.",
            "leyla:heart noor:heart johanna:heart sara:heart",
        ),
        _said(
            "leyla", 50.9,
            "Tack för att ni berättade era. Jag läste dem på rasten, två gånger.",
            "kim:heart noor:heart elias:heart",
        ),
        just_listen=True,
    ),
    # 12: ten years to the day.
    _opened(
        "star-in-ceiling", "minnen", "Idag för 10 år sedan: adventspysslet som fastnade i taket", "yusuf", 0.46,
        "Vi skulle göra en stjärna av sugrör. Den blev en meter bred. Callum hade flyttat i juni men var på besök, "
        "och han hade lim med sig från jobbet. På burken stod något på engelska som ingen läste.\n\n"
        "Vid niotiden satt den i taket i köket på Linden. Vi hade tänkt oss fönstret.",
        "isla:haha samir:haha olof:heart robin:haha amina:haha",
        _said(
            "callum", 0.7,
            'In my defence, I did read it. It said "permanent". I thought they were boasting.',
            "yusuf:haha isla:haha daniel:haha", "en",
        ),
        _said(
            "olof", 1.5,
            "Den satt till i april. Jag fick ta en bit av taket med.",
            "yusuf:haha callum:haha mehmet:haha",
        ),
        _said(
            "isla", 1.8,
            "Is THAT why there's a star-shaped patch above the table? I've been eating my porridge under history for "
            "eight months.",
            "callum:haha yusuf:haha samir:haha", "en",
        ),
        _said(
            "yusuf", 2.2,
            "Den släppte ungefär ett sugrör om dagen. Vi hade ingen adventskalender det året. Det behövdes inte.",
            "isla:heart olof:heart johanna:heart",
        ),
        _said(
            "samir", 3.0,
            "Och detta får jag veta nu. Med tolv frukostar kvar under den.",
            "isla:hug jonna:heart dawit:haha",
        ),
    ),
    # 13: he hates being thanked, so it is a list of repairs.
    _opened(
        "to-olof", "minnen", "Till Olof, innan du slutar", "wilma", 2.12,
        "Hörrni. Olof har tjugotvå dagar kvar och han går ut ur rummet om man tackar honom. Jag har testat.\n\n"
        "Så det här är inget tack. Det här är en lista över saker han har lagat. Jag bodde på Linden mitt första "
        "halvår, så jag börjar:\n\n"
        "- min dörr, som gnällde\n- min cykel, tre gånger\n- ett skåp jag hade sparkat sönder. Han frågade inte. Han "
        "räckte mig skruvmejseln och höll i dörren.\n\nEr tur.",
        "samir:heart isla:heart callum:heart sara:heart ali:heart jonna:heart",
        _said(
            "samir", 0.3,
            "Min cykel. Mitt skrivbord. Min uppsats om andra världskriget, där han hade egna åsikter.",
            "wilma:haha isla:haha",
        ),
        _said(
            "callum", 0.9,
            "My first plane. The tool, not the other kind. He let me take the edge off it completely, then showed me "
            "how to put one back. I've been hanging doors for nine years off that.",
            "wilma:heart isla:heart sara:heart mehmet:heart", "en",
        ),
        _said(
            "isla", 1.2,
            "The good mug. You can hardly see the line. He said, now it's yours, nobody else will dare.",
            "wilma:heart noor:heart", "en",
        ),
        _said(
            "ali", 3.6,
            "min första lägenhet. låset kärvade. bror åkte buss fyrti minuter med en sprejflaska",
            "wilma:heart daniel:heart sara:heart",
        ),
        _said(
            "daniel", 4.1,
            "Han åkte med mig. Han ville inte att jag sa hej i högtalaren. Jag sa hej i högtalaren.",
            "ali:haha wilma:haha samir:haha jonna:haha",
        ),
        _said("petra", 5.0, "En radio. Den tog in finska. Han tyckte att det var en bonus.", "fatuma:haha wilma:haha"),
        _said(
            "noor", 23.2,
            "Kattluckan på förrådet. Vi har ingen katt. Han gjorde den ändå.",
            "wilma:heart isla:heart samir:heart jonna:heart",
        ),
        _said("olof", 24.8, "Skåpet är fortfarande lite snett, Wilma.", "wilma:heart samir:haha callum:haha"),
        _said(
            "olof", 25.0,
            "Jag gick ut en sväng. Nu är jag tillbaka.",
            "wilma:heart callum:heart isla:heart noor:heart sara:heart samir:heart petra:heart ali:heart",
        ),
    ),
    # 14: pictures on paper, and everybody may say no.
    _opened(
        "crayfish-pictures", "minnen", "Bilder från kräftskivan (säg till om du vill bort)", "mehmet", 80.11,
        "Jag har hämtat bilderna från i lördags, på papper. De ligger hos mig på kontoret, inte framme.\n\n"
        "Kom förbi och titta på dem där du är med. Säger du ja sätter jag dem i pärmen i hallen. Säger du nej får du "
        "bilden. Säger du inget stannar den i lådan.\n\n"
        "Om hattarna: de var fem, vi var nitton. Kalla det kräftskiva, jag kallar det klorättvisa.",
        "jonna:heart dawit:haha karin:heart olof:haha",
        _said(
            "dawit", 1.0,
            "no to the one where I'm singing. yes to all the ones where I look like I'm winning",
            "mehmet:haha isla:haha samir:haha", "en",
        ),
        _said("mehmet", 1.2, "Det är två bilder. Av sextio.", "dawit:haha samir:haha"),
        _said(
            "tuva", 2.4,
            "Jag blundar på alla där jag är med. Det är konsekvent. De får vara med.",
            "mehmet:haha amina:haha elias:haha",
        ),
        _said(
            "amina", 18.6,
            "kan du ta bort den där jag har haklapp. har ingen bra förklaring till haklappen",
            "isla:haha elias:haha",
        ),
        _said(
            "mehmet", 19.0,
            "Borta. Du får den när du går förbi. Jag har inte sett någon haklapp.",
            "amina:heart karin:heart",
        ),
        _said("samir", 20.2, "Jag säger ja till allt, i alla format, för all framtid.", "noor:haha jonna:haha"),
        _said(
            "karin", 22.5,
            "Bra ordning, Mehmet. Och till alla: man får ändra sig sedan. Säg bara till, så tas den ur pärmen samma "
            "dag.",
            "wilma:heart amina:glad noor:glad",
        ),
    ),
    # 15: asked without a name. Petra knows the other end of the line.
    _opened(
        "phone-panic", "fraga", "Hur ringer man en myndighet utan att få panik?", "kim", 4.09,
        "jag har haft ett brev på hallbordet i tre veckor. det står att jag ska ringa. jag har ringt noll gånger och "
        "lagt på en\n\nhur gör ni. på riktigt, steg för steg, som om jag var en telefonapparat",
        "elias:hug noor:hug ali:hug tuva:heart",
        _said(
            "petra", 0.6,
            "Jag sitter i andra änden hela dagarna, fast för elen. Så här:\n\n"
            "1. Lägg brevet framför dig. Ringa in datum och ärendenummer.\n2. Skriv en enda mening: det här vill jag "
            'veta.\n3. Ring när de öppnar, då är kön oftast kortast. Ta något att dricka.\n4. Läs högt: "Hej, jag '
            "heter … Jag har fått ett brev från er, daterat … Jag förstår inte vad jag ska göra. Kan du hjälpa mig "
            'att förstå det?"\n5. Säg: "Vänta, jag skriver upp det." Då pratar alla långsammare.\n6. Innan ni lägger '
            'på: "Vad händer nu, och när?" Skriv svaret, dagen och vad personen hette.\n\n'
            "Du får läsa innantill. Halva Sverige gör det.",
            "kim:idea noor:idea elias:idea tuva:idea ali:idea samir:idea karin:idea sofia:idea",
        ),
        _said("tuva", 0.9, "Nummer fem är det bästa jag har läst i år.", "petra:heart amina:idea"),
        _said("elias", 1.1, "vad gör man om rösten försvinner", "noor:hug"),
        _said(
            "petra", 1.3,
            'Då säger man "ett ögonblick" och dricker vatten. Vi hör det tio gånger om dagen. Ingen av oss skriver '
            "ner det någonstans.",
            "elias:idea kim:heart",
        ),
        _said(
            "hanna", 2.0,
            "Myndigheter är skyldiga att hjälpa dig till rätta, det står i förvaltningslagen. Du besvärar alltså "
            "ingen. Du får också skriva i stället för att ringa, och be att få svaret skriftligt.",
            "kim:idea petra:idea wilma:idea",
        ),
        _said(
            "anders", 13.4,
            "Och man får sitta bredvid någon. Jag har suttit vid köksbordet och varit tyst åt folk i femton år. "
            "Dörren gäller även er som har flyttat.",
            "kim:heart elias:heart ali:heart",
        ),
        _said(
            "kim", 41.7,
            "@petra ok. ringde. åtta minuter. de ville bara ha mitt kontonummer. tre VECKOR",
            "petra:strong sofia:glad tuva:glad elias:glad anders:glad leyla:strong",
        ),
        _said(
            "kim", 41.8,
            'läste innantill hela vägen. hon sa "vad fint du förklarar"',
            "petra:haha sofia:heart noor:heart elias:haha",
        ),
        mode="ask", nameless=True,
    ),
    # 16: true in general; each bank does it its own way.
    _opened(
        "new-phone", "fraga", "BankID strular när man byter telefon?", "tuva", 6.18,
        "Jag har köpt en begagnad telefon. Allt flyttade med utom BankID. Det står att det inte finns på den här "
        "enheten.\n\nÄr det fel på telefonen eller på mig?",
        "samir:hug elias:haha",
        _said(
            "fatuma", 0.7,
            "Ingetdera. Det följer inte med, med flit. Du skaffar ett nytt hos din bank:\n\n"
            "1. Behåll den gamla telefonen tills den nya funkar. NOLLSTÄLL DEN INTE ÄN.\n2. Hämta appen på den nya.\n"
            "3. Gå in på bankens sida eller app och beställ nytt BankID. Du styrker dig med det gamla, med bankens "
            "dosa eller med id-handling, olika för olika banker.\n4. När det nya funkar tar du bort det gamla hos "
            "banken.",
            "tuva:idea samir:idea noor:idea wilma:idea ali:idea",
        ),
        _said(
            "ali", 1.0,
            "punkt 1 bror. jag nollställde först. satt på bankkontoret med nummerlapp som en pensionär",
            "fatuma:haha tuva:haha samir:haha",
        ),
        _said(
            "petra", 1.9,
            'Gör det själv, vid ditt bord. Ringer någon och vill "hjälpa dig" med BankID så lägg på, även om de låter '
            "som banken. Banken ber dig aldrig att logga in åt dem i telefon.",
            "tuva:idea karin:idea amina:idea elias:idea",
        ),
        _said("elias", 2.2, "är det samma om man är under 18 eller"),
        _said(
            "anders", 14.1,
            "Då är det banken som bestämmer vad som går, och oftast behöver en vårdnadshavare vara med. Vi tittar på "
            "hur din gör, Elias. Ta med brevet om du har kvar det, eller leta lite så länge.",
            "elias:glad fatuma:glad",
        ),
        _said(
            "tuva", 22.6,
            "Klart på elva minuter. Sedan nollställde jag den gamla. I den ordningen.",
            "fatuma:strong ali:haha petra:glad",
        ),
        mode="ask",
    ),
    # 19: reckoned by somebody who reckons for two hundred.
    _opened(
        "lentils", "koket", "Linsgryta för 12 kr portionen", "yusuf", 21.14,
        "Fyra portioner, en kastrull, en halvtimme. Det här lagar jag åt tvåhundra barn, fast större slev.\n\n"
        "- 1 gul lök och 2 vitlöksklyftor, hackade, i lite olja tills de luktar gott\n- 2 tsk curry, ner i oljan en "
        "minut\n- 3 dl röda linser, sköljda\n- 1 burk krossade tomater, 6 dl vatten, 1 buljongtärning\n- sjud 15-20 "
        "minuter, rör ibland, salta sist\n- något surt på slutet: citron, eller en matsked vinäger\n\n"
        "48 kronor i min affär förra veckan. Ris till kostar någon krona. Går att frysa.",
        "samir:idea amina:heart fatuma:idea kim:idea ali:heart wilma:idea",
        _said("samir", 0.5, "Jag flyttar snart och det här är nu min hela plan.", "yusuf:haha sara:haha"),
        _said(
            "amina", 0.8,
            "testade!! tog i spenat som låg och såg ledsen ut. blev sjukt gott",
            "yusuf:heart birgitta:glad",
        ),
        _said("elias", 1.1, "jag åt tre. dvs 36 kr", "yusuf:haha amina:haha tuva:haha"),
        _said("tuva", 1.4, "Räkna inte hem det förrän du har diskat. Kastrullen är din.", "amina:haha elias:haha"),
        _said("kim", 26.0, "måste man skölja linser"),
        _said(
            "yusuf", 26.3,
            "Två varv i sil. Annars skummar det, och ibland följer det med en sten. En gång på hundra, men det är "
            "alltid samma barn som får den.",
            "kim:idea fatuma:haha sofia:haha",
        ),
        _said(
            "ali", 29.9,
            "gjorde den kl 02 i första egna kastrullen. grannen knacka på väggen. jag knacka tillbaks. tror han var "
            "hungrig",
            "yusuf:haha lars:haha kim:haha elias:heart",
        ),
        _said(
            "fatuma", 70.2,
            "Räknade om med mina priser: 11,40. Tog vatten ur kranen i stället för humör.",
            "yusuf:haha petra:haha",
        ),
    ),
    # 20: asked and answered, and tried.
    _opened(
        "no-eggs", "koket", "Pannkakor utan ägg?", "amina", 5.22,
        "asså en som kommer hit i morgon tål inte ägg och jag har redan lovat pannkakor. går det eller blir det "
        "tapetklister",
        "elias:haha isla:haha",
        _said(
            "yusuf", 0.6,
            "Det går. 3 dl mjöl, 6 dl mjölk, en halv tesked salt, 1 msk potatismjöl, 1 tsk bakpulver, 2 msk smält "
            "smör i smeten. Låt den stå tjugo minuter.\n\n"
            "Medelvärme, och vänta tills kanten släpper själv. Den första blir ful. Den är kockens.",
            "amina:idea birgitta:idea isla:idea fatuma:idea",
        ),
        _said(
            "johanna", 0.9,
            "Min yngsta tålde inte ägg på fyra år och ingen på något kalas märkte någonting, så länge man kallade dem "
            "för stora plättar. Läs på margarinet och mjölken också om det är flera saker.",
            "amina:heart yusuf:idea",
        ),
        _said("elias", 1.2, "jag kan va kocken som äter den första", "amina:haha yusuf:haha"),
        _said(
            "amina", 25.1,
            "18 st. noll tapetklister. hon tog fyra och frågade vad tricket var. jag sa potatismjöl som om jag alltid "
            "vetat det",
            "yusuf:glad johanna:glad sara:glad isla:haha",
        ),
        _said(
            "isla", 25.4,
            "I had five and I'm allergic to nothing. *Potatismjöl* is my word of the week.",
            "amina:heart jonna:haha", "en",
        ),
        _said("birgitta", 26.0, "Stekjärnet ligger i blöt. Det ska det inte.", "amina:haha elias:haha johanna:haha"),
        mode="ask",
    ),
    # 21: a vote by writing a number.
    _opened(
        "sunday-dinner", "koket", "Söndagsmiddag: rösta på mat", "anders", 2.2,
        "Söndag klockan fem på Solgläntan, som vanligt, öppet för alla. Jag lagar. Det finns tre saker jag kan:\n\n"
        "1. Älggryta\n2. Lasagne, med och utan kött\n3. Den där soppan\n\nSkriv en siffra. Jag räknar på lördag kväll.",
        "birgitta:glad wilma:glad",
        _said("elias", 0.2, "2"),
        _said("amina", 0.3, "2. men vilken soppa", "wilma:haha"),
        _said("anders", 0.5, "Den där.", "amina:haha elias:haha jonna:haha tuva:haha"),
        _said("wilma", 0.8, "Rösta inte på soppan, hörrni. Jag var med 2024.", "amina:haha anders:haha"),
        _said("tuva", 1.0, "2, utan kött. Jag kan räkna åt dig, Anders. Du glömde en röst sist. Min.", "anders:haha"),
        _said("dawit", 1.6, "1. never had moose. is it like a big cow or a small horse", "isla:haha callum:haha", "en"),
        _said("olof", 2.4, "1. Det är som en tystlåten ko.", "dawit:haha isla:haha mehmet:haha"),
        _said("noor", 22.0, "2. Om jag kommer.", "amina:heart tuva:heart"),
        _said(
            "johanna", 24.5,
            "Vi blir fyra från oss, två vuxna och två som bara äter pastan i lasagnen, så 2, och jag tar med mos "
            "ifall någon behöver trygghet.",
            "anders:glad birgitta:glad elias:haha",
        ),
        _said(
            "tuva", 51.6,
            "Slutresultat: 2 vann med fem mot två. Soppan fick noll. Anders har sett siffrorna och är samlad.",
            "anders:haha wilma:haha amina:haha elias:haha",
        ),
        mode="ask",
    ),
    # 22: bread and a gran.
    _opened(
        "soda-bread", "koket", "My gran's soda bread", "isla", 26.13,
        "It's raining and I made it and it came out right, so here it is before I forget how.\n\n"
        "- 450 g plain flour\n- 1 level tsp salt, 1 level tsp bicarb (that's *bikarbonat*)\n- about 4 dl buttermilk. "
        "They don't really sell it here, but *filmjölk* with a splash of milk works\n\n"
        "Mix the dry. Pour in most of the wet. Use one hand, like a claw, and stop as soon as it holds. Round loaf, "
        "deep cross on top. 200 degrees, 40 minutes, knock on its bottom. If it sounds hollow it's done.\n\n"
        "The cross lets the fairies out, said Gran. She also said it lets the heat in, but only if you asked twice.",
        "callum:heart birgitta:heart amina:heart noor:heart johanna:heart",
        _said(
            "callum", 0.8,
            "My nan did it on a griddle in four farls. I could smell that from here. Lovely, Isla.",
            "isla:heart", "en",
        ),
        _said(
            "birgitta", 1.2,
            "Sluta så fort det håller ihop. Det är rätt. De flesta kan inte låta bli.",
            "isla:heart amina:haha",
        ),
        _said("isla", 1.4, "Birgitta said RÄTT. I'm framing this.", "callum:haha jonna:haha sara:haha", "en"),
        _said(
            "dawit", 2.0,
            "can confirm. I had the end piece with way too much butter. 10/10, no crumbs survived",
            "isla:haha samir:haha", "en",
        ),
        _said("noor", 23.5, "I had it for breakfast. Is there more that your gran said?", "isla:heart", "en"),
        _said(
            "isla", 23.8,
            "\"Never apologise for a wonky loaf, just turn the good side to the visitors.\" That's her whole "
            "philosophy, and most of mine.",
            "noor:heart callum:heart johanna:heart wilma:heart", "en",
        ),
        lang="en",
    ),
    # 23: a list to move out with. True in general: notice to the tax agency within a week, insurance, electricity.
    _opened(
        "first-rent", "bo-pengar", "Första hyran - vad glömde ni?", "samir", 8.15,
        "Mina damer och herrar. Om tjugo dagar flyttar jag. Jag har en säng, en grytlapp och ett kontrakt.\n\n"
        "Vad glömde NI? Jag vill veta allt, även det pinsamma. Särskilt det pinsamma.",
        "sara:heart amina:heart noor:heart ali:haha",
        _said("ali", 0.4, "toapapper. första natten. säger inget mer", "samir:haha kim:haha elias:haha"),
        _said(
            "fatuma", 0.7,
            "Tabell finns, men kort:\n\n"
            "- hyran betalas oftast i förskott, alltså för nästa månad. Lägg den på autogiro\n- hemförsäkring från "
            "inflyttningsdagen\n- eget elavtal. Annars får du det elnätet tilldelar dig, och det är sällan det "
            "billigaste\n- flyttanmälan till Skatteverket, senast en vecka efter flytten",
            "samir:idea sara:idea wilma:idea dawit:idea",
        ),
        _said(
            "marcus", 1.2,
            "Vaktmästaren här. Gå igenom lägenheten första dagen och fota alla märken, även de små. Skicka till "
            "värden samma dag. Brukar lösa sig då. Brukar inte lösa sig annars.",
            "samir:idea hanna:idea fatuma:idea",
        ),
        _said(
            "kim", 2.9,
            "duschdraperi. en kväll med en sån sjö på golvet att jag fick ha stövlar på toa",
            "samir:haha ali:haha sofia:haha",
        ),
        _said("sofia", 3.3, "lampor!! det sitter INGA lampor", "samir:idea"),
        _said(
            "sofia", 3.35,
            "och en öppnare till konserver. jag åt ris i tre dar framför elva burkar",
            "samir:haha kim:haha",
        ),
        _said(
            "hanna", 5.1,
            "Kolla om du kan få bostadsbidrag. Man kan söka hos Försäkringskassan om man är 18 till 28 och har låg "
            "inkomst. Räkna hellre inkomsten lite för högt än för lågt, annars kan man få betala tillbaka.",
            "samir:idea fatuma:idea ali:idea",
        ),
        _said(
            "daniel", 12.8,
            "Tystnaden. Den står inte på någon lista. Jag köpte en radio.",
            "samir:hug ali:hug kim:hug callum:hug",
        ),
        _said(
            "samir", 13.1,
            "Jag har antecknat: papper, försäkring, el, lampor, radio. Daniel, vilken kanal?",
            "daniel:glad",
        ),
        _said("daniel", 13.3, "Trafik. Då vet jag var jag är.", "samir:haha petra:haha jonna:haha"),
        _said(
            "sara", 15.0,
            "Jag har skrivit av hela tråden till pärmen vi gör. Du behöver inte ha allt den första dagen, Samir. Ali "
            "klarade sig. Knappt.",
            "samir:heart ali:haha olof:heart",
        ),
        mode="ask",
    ),
]
# fmt: on
