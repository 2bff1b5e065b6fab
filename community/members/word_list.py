"""Everyday nouns for the three-word password suggestion ("lampa moped blåbär"): short, kind, easy to spell.

Pick with `secrets.choice`, three different words. The suggestion helps people think; it is never filled in for them.
"""

# fmt: off
SUGGESTION_WORDS = {
    "sv": [
        "abborre", "anka", "ankare", "balkong", "ballong", "banan", "basilika", "berg", "björk", "blåbär", "blåsippa",
        "bok", "boll", "borste", "brevlåda", "bricka", "bro", "brygga", "brödrost", "bulle", "buss", "båt", "bäck",
        "bälte", "bänk", "bäver", "böna", "citron", "cykel", "dal", "dill", "dragspel", "drake", "duk", "dörr",
        "ekorre", "ficka", "ficklampa", "film", "filt", "fjäril", "flöjt", "flöte", "frimärke", "fyrtorn", "får",
        "fönster", "gaffel", "gardin", "garn", "gitarr", "glass", "grind", "groda", "gryta", "gräs", "gunga", "gurka",
        "gädda", "hallon", "halsduk", "hammare", "handduk", "hare", "hassel", "hav", "hink", "hjortron", "honung",
        "humla", "hund", "hylla", "häst", "igelkott", "jacka", "jordgubbe", "kaffe", "kajak", "kaka", "kakao",
        "kanel", "kanin", "kanna", "karta", "kastrull", "katt", "kiosk", "klippa", "klocka", "klöver", "knapp",
        "koltrast", "kompass", "korg", "kotte", "krita", "kudde", "kulle", "kuvert", "kvast", "kälke", "körsbär",
        "lampa", "limpa", "lingon", "ljung", "ljus", "låda", "lök", "löv", "majs", "mandel", "maskros", "matta",
        "melon", "mjölk", "moln", "moped", "morot", "mossa", "mugg", "mynta", "måne", "mössa", "nyckel", "nål", "nöt",
        "ost", "pannkaka", "papper", "paraply", "penna", "pensel", "piano", "planka", "plommon", "potatis", "pussel",
        "pärla", "päron", "radio", "regn", "ros", "ryggsäck", "räv", "rönn", "saft", "sallad", "sand", "sax", "segel",
        "sjö", "sked", "skidor", "sko", "skog", "skorsten", "skridsko", "skruv", "skål", "smultron", "smör", "snigel",
        "snö", "sol", "solros", "soppa", "spegel", "spelkort", "spik", "spis", "spårvagn", "staket", "sten", "stig",
        "stjärna", "stol", "strand", "strumpa", "stövel", "svamp", "svan", "sylt", "tak", "tall", "tallrik", "tavla",
        "termos", "tomat", "torg", "trana", "trappa", "trumma", "tråd", "tröja", "tulpan", "tunnel", "tvål", "tåg",
        "tårta", "täcke", "tält", "tärning", "uggla", "ugn", "utter", "vante", "veranda", "verkstad", "vik", "vind",
        "våffla", "våg", "väska", "yoghurt", "åra", "älg", "äng", "äpple", "ärta",
    ],
    "en": [
        "acorn", "almond", "anchor", "apple", "armchair", "backpack", "balcony", "ball", "balloon", "banana", "basil",
        "basket", "bay", "beach", "bead", "bean", "belt", "bench", "bicycle", "birch", "biscuit", "blanket",
        "blueberry", "boat", "book", "boot", "bowl", "bread", "breeze", "bridge", "brook", "broom", "brush", "bucket",
        "bumblebee", "bus", "butter", "butterfly", "button", "cake", "candle", "card", "carpet", "carrot", "chalk",
        "cheese", "cherry", "chimney", "cinnamon", "cliff", "clock", "cloud", "clover", "cocoa", "coffee", "compass",
        "cone", "crane", "crayon", "cucumber", "cupboard", "curtain", "cushion", "daisy", "desk", "dice", "door",
        "drawer", "drum", "duck", "easel", "elk", "envelope", "fence", "fern", "fiddle", "film", "flask", "flute",
        "forest", "fork", "fox", "frog", "gate", "guitar", "gull", "hammer", "hare", "hat", "hazel", "heather",
        "hedgehog", "hill", "honey", "horse", "island", "jacket", "jam", "jetty", "jug", "kayak", "kettle", "key",
        "kiosk", "kite", "kitten", "ladder", "ladybird", "lake", "lamp", "lantern", "leaf", "lemon", "letterbox",
        "lettuce", "maize", "map", "maple", "marble", "meadow", "melon", "milk", "mint", "mirror", "mitten", "moon",
        "moped", "moss", "mountain", "muffin", "mug", "mushroom", "needle", "noodle", "notebook", "oak", "ocean",
        "onion", "orange", "otter", "oven", "owl", "paddle", "pancake", "paper", "parsley", "pea", "peach", "pear",
        "pebble", "pencil", "pepper", "perch", "piano", "picture", "pie", "pillow", "pinecone", "plate", "plum",
        "pocket", "porch", "potato", "puppy", "puzzle", "quilt", "rabbit", "radio", "rain", "rainbow", "raspberry",
        "ribbon", "robin", "roof", "rose", "sail", "salmon", "sand", "saucepan", "scarf", "scissors", "scooter",
        "sheep", "shelf", "shoe", "skate", "sledge", "snail", "snow", "soap", "sock", "soup", "spoon", "spruce",
        "square", "squirrel", "stamp", "star", "stool", "suitcase", "sun", "sunflower", "swan", "sweater", "swing",
        "table", "teapot", "tent", "thread", "toaster", "tomato", "torch", "towel", "trail", "train", "tram", "tray",
        "tulip", "tunnel", "umbrella", "valley", "waffle", "walnut", "wave", "whistle", "willow", "window",
        "workshop", "yarn", "yoghurt",
    ],
}
# fmt: on
