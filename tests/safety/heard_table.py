"""What must be heard, and what must not: read it as a list of promises. `text | what follows`.

What follows: refuse, hold, alert (held, urgent), intent (help card, held, urgent), heavy (help card, stands), check
(stands, is looked at), nothing. Nobody here is anybody.
"""

SWEDISH = """
du är en hora | refuse
HORA | refuse
h o r a | refuse
h.o.r.a | refuse
h-o-r-a | refuse
h_o_r_a | refuse
hooora | refuse
h0ra | refuse
h0r4 | refuse
hоra | refuse
ｈｏｒａ | refuse
ʜᴏʀᴀ | refuse
hórà | refuse
ho\u200bra | refuse
h\u0336o\u0336r\u0336a\u0336 | refuse
din h o r a alltså | refuse
(hora) | refuse
hora!!! | refuse
fitta | refuse
f1tt4 | refuse
f!tta | refuse
fiiitta | refuse
f i t t a | refuse
jävla bög | refuse
JÄVLA BÖGAR | refuse
gå och dö | refuse
åk och häng dig | refuse
ta livet av dig | refuse
svartskalle | refuse
sieg heil | refuse
kuk | hold
k u k | hold
säljer gräs billigt | hold
köpa weed | hold
någon som har vejp | hold
porr | hold
jag hatar dig | check
håll käften | check
dom mobbar mig | check
vi blev packade, alltså packad igår | check
säg inget till personalen | check
vi kan träffas ensamma | check
rymma från boendet | check
jag ska döda dig | alert
ska knivhugga honom | alert
jag har en kniv | alert
jag har med mig kniv | alert
skicka nudes | alert
han vill ha nakenbilder | alert
skickar du en nakenbild | alert
han hotade sprida mina bilder | alert
hon blev våldtagen | alert
tafsade på mig | alert
min pappa slår mig | alert
låste in mig | alert
tände eld, ska bränna ner skolan | alert
orkar inte mer | heavy
jag orkar inte längre | heavy
o r k a r inte mer | heavy
pallar inte mer | heavy
det känns meningslöst | heavy
allt känns hopplöst | heavy
jag mår så jävla dåligt | heavy
ingen bryr sig om mig | heavy
alla skulle ha det bättre utan mig | heavy
jag hatar mig själv | heavy
jag hatar mitt liv | heavy
är en börda för alla | heavy
kan inte sluta gråta | heavy
gråter mig till sömns | heavy
har ångest jämt | heavy
jag svälter mig | heavy
självmord | heavy
s j ä l v m o r d | heavy
dödslängtan | heavy
jag vill bara försvinna | heavy
jag vill dö haha | heavy
vill dö 😂 | heavy
han slog mig | heavy
hoppa från bron | heavy
jag vill dö | intent
jag vill verkligen dö | intent
JAG VILL DÖ | intent
jag vill d ö | intent
jag viiill dööö | intent
vill inte leva längre | intent
jag vill inte leva | intent
vill inte vakna i morgon | intent
vill inte vakna imorgon | intent
vill inte vakna upp mer | intent
önskar jag var död | intent
orkar inte leva | intent
jag ska ta livet av mig | intent
ta mitt liv | intent
begå självmord | intent
göra slut på allt | intent
ska hänga mig | intent
hoppa framför tåget | intent
jag har samlat tabletter | intent
tog alla mina tabletter | intent
tagit en överdos | intent
skära mig ikväll | intent
måste skada mig | intent
skrivit mitt avskedsbrev | intent
hejdå alla för alltid | intent
när ni läser det här är jag död | intent
jag dör 😂 | nothing
dör av skratt | nothing
jag dör av skratt haha | nothing
vill dö av skam | nothing
vill dö av skam lol | nothing
jag vill inte dö | nothing
orkar inte mer plugg | nothing
orkar inte längre än till fyra | nothing
orkar inte mer haha | nothing
mår dåligt av mjölk | nothing
jag hatar mitt liv lol | nothing
ska döda dig i fortnite | nothing
jag ska döda dig haha | nothing
pappa slår mig i schack | nothing
han slog mig i kortspel | nothing
har med mig en kniv till svampen | nothing
har en kniv och gaffel | nothing
överdos av choklad | nothing
skar mig i fingret | nothing
göra slut på allt godis | nothing
vill inte leva utan pizza | nothing
känns meningslöst att städa | nothing
hopp från bryggan | nothing
hoppa från bron och bada | nothing
slutat äta kött | nothing
Fittja centrum | nothing
bor i Horndal | nothing
metaforan | nothing
horisonten | nothing
hår är inte har | nothing
hörde du | nothing
kukeliku | nothing
en kuckeliku-tupp | nothing
slut på mjölk | nothing
det tar slut | nothing
böglar | nothing
jag är bög | nothing
hon är lesbisk | nothing
negerat uttryck | nothing
assistent | nothing
klassen | nothing
cykeln | nothing
knullrig | nothing
porrslin | nothing
parkera | nothing
hatten | nothing
dödligt trött | nothing
fan vad kallt | nothing
jävla regn | nothing
shit vad bra | nothing
vi ses i morgon | nothing
vakna i morgon klockan sju | nothing
vill inte vakna så tidigt | nothing
min sista dag här på boendet | nothing
ensamvargen | nothing
häng med oss | nothing
gå och lägg dig | nothing
tårtan tog slut | nothing
läsa a b c d e f | nothing
i å ä ö | nothing
S O S | nothing
"""

ENGLISH = """
you whore | refuse
WH0RE | refuse
w h o r e | refuse
w.h.o.r.e | refuse
whооооre | refuse
cunt | refuse
c u n t | refuse
kys | refuse
k y s | refuse
k.y.s. | refuse
kill yourself | refuse
k1ll yourself | refuse
kill ur self | refuse
go die | refuse
go and hang yourself | refuse
faggot | refuse
f@ggot | refuse
ｆａｇｇｏｔ | refuse
retarded | refuse
send a dick pic | hold
smoking weed | hold
anyone selling weed | hold
porn | hold
I hate you | check
shut up | check
don't tell staff | check
running away tonight | check
everyone was bullied | check
I'm going to kill you | alert
gonna stab him | alert
I have a knife | alert
send me your nudes | alert
he wants nudes | alert
he raped me | alert
dad hits me | alert
shoot up the school | alert
threatens to share my pics | alert
I can't do this anymore | heavy
can’t take it anymore | heavy
cant cope anymore | heavy
what's the point of living | heavy
everything feels pointless | heavy
I feel so worthless | heavy
nobody cares about me | heavy
better off without me | heavy
I hate myself | heavy
can't stop crying | heavy
wanna disappear | heavy
used to cut myself | heavy
self harm | heavy
suicidal | heavy
want to die lol | heavy
don't want to be here anymore | heavy
I want to die | intent
i just wanna die | intent
I W A N T to die | intent
wish I was dead | intent
don't want to live anymore | intent
don't want to wake up tomorrow | intent
never want to wake up | intent
kill myself | intent
k i l l myself | intent
kílł myself | intent
end it all | intent
end my life | intent
taking my own life | intent
jump in front of a train | intent
I've been saving pills | intent
took a whole bunch of pills | intent
cutting my wrists | intent
gonna cut myself | intent
goodbye everyone forever | intent
kill me lol | nothing
kill me now | nothing
I'm dying 😂 | nothing
dying of boredom | nothing
bored to death | nothing
killing myself laughing | nothing
I don't want to die | nothing
gonna kill you lol | nothing
going to kill you in minecraft | nothing
dad beat me at chess | nothing
I have a knife and fork | nothing
overdose on chocolate | nothing
suicide squad | nothing
hate my life lol | nothing
can't do this anymore haha | nothing
hope I don't wake up early | nothing
Scunthorpe | nothing
a class act | nothing
cocktail | nothing
peacock | nothing
Dickens | nothing
therapist | nothing
grapes | nothing
skys the limit | nothing
whole | nothing
diet | nothing
retardant | nothing
shuttle up the hill | nothing
my last day at school | nothing
I won't be here tomorrow | nothing
buy some grass seed | nothing
a fag end of the day | nothing
wake up tomorrow at six | nothing
"""

PERSONAL = """
ring mig på 070-174 06 05 | phone
0701740605 | phone
+46 70 174 06 05 | phone
0046701740605 | phone
08-465 004 00 | phone
+44 20 7946 0018 | phone
７０ är inte ett nummer |
öppet 08.00-16.00 |
den 2026-11-22 kl 18.30 |
ring 112 eller 116 111 |
0800 1111 |
kostar 1 250 000 kronor |
matchen slutade 21-19, 21-17 |
rum 204, plan 3 |
811218-9876 | number
19811218-9876 | number
8112189876 | number
mitt nummer 811278-9873 är ett samordningsnummer | number
811218-9875 |
811332-9876 |
skriv till tuva@example.com | email
tuva.k@skola.example.org | email
tuva (at) example.com | email
snabel-a är ett roligt ord |
@ det var det |
min snap: tuvan99 | handle
insta är tuva_99 | handle
lägg till @tuva_99 | handle
instagram.com/tuvan | handle
discord: tuvan | handle
min insta är privat |
snap är kul |
jag bor på Storgatan 12 | address
storgatan 12b | address
Björkvägen 3 | address
12 Rosewood Lane | address
123 45 Solna | address
motorvägen 40 |
på vägen 3 |
vi gick längs gatan |
jag går på vasaskolan | school
jag går på Vasaskolan | school
vi mötte Kungsholmens killar från Vasaskolan | school
I go to Rosewood High | school
folkhögskolan i Solvik |
körskolan är dyr |
skolan är slut |
gymnasiet är bra |
"""


def rows(table: str) -> list[tuple[str, str]]:
    """A table as pairs of text and what follows."""
    lines = [line.rpartition("|") for line in table.strip().splitlines()]
    return [(text.strip(), follows.strip()) for text, _bar, follows in lines]
