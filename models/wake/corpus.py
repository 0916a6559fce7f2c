"""What is spoken to train a wake word: the word itself, its near misses, and ordinary talk."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A wake word: how it is written for the voices, and what must not be taken for it."""

    id: str
    spoken: tuple[str, ...]
    near: tuple[str, ...]


def said(*phrases: str) -> tuple[str, ...]:
    """A phrase with the marks that give it the tune of a statement, a call and a question."""
    return tuple(phrase + mark for phrase in phrases for mark in (".", "!", "?"))


NEAR_BUTLER = (
    "Butler.",
    "The butler did it.",
    "A butler brought the tea.",
    "My butler is late.",
    "I used to have a butler.",
    "Good morning, butler.",
    "Thank you, butler.",
    "Is Butler your last name?",
)

WORDS = (
    Word(
        "hey_butler",
        (*said("Hey butler", "Hey, butler"), "Hey Butler,"),
        (
            *NEAR_BUTLER,
            "Hey, but later.",
            "Hey, but leave it.",
            "Hey, but love is hard.",
            "Hey bottle.",
            "Hey brother!",
            "Hey brother, come here.",
            "Hey buddy!",
            "Hey Butch!",
            "Hey Butch, later.",
            "Hey Buckley.",
            "Hey Barbara.",
            "Hey Bert.",
            "Hey Bella!",
            "Hey Becky, look.",
            "Hey baby.",
            "Hey Cutler.",
            "Hey Sutler.",
            "Hey Tyler!",
            "Hey Taylor.",
            "Hey Walter.",
            "Hey Potter.",
            "Hey doctor!",
            "Hey mother.",
            "Hey you.",
            "Hey everybody.",
            "Hey, about last night.",
            "Hey, put that down.",
            "Hey, better late than never.",
            "Hey, butter is on the list.",
            "Hey, butter knife!",
            "Hey subtler colours.",
            "Hey, what are you doing?",
            "Hey, would you mind?",
            "Hey Google, what time is it?",
            "Hey Siri.",
            "Hey Jarvis.",
            "Hey Alexa, stop.",
            "Hey.",
            "Hey, hey, hey!",
            "Hello butter.",
            "Pay Butch later.",
            "They bottle it.",
            "They battle her.",
            "The day but later.",
            "He buttered the bread.",
            "Stay, but listen.",
            "Okay, but later.",
            "Okay brother.",
            "Way but less.",
            "A bit later.",
            "Maybe later.",
            "Hey, a bit later.",
            "Heyday battle.",
            "Hey, hustler.",
            "Hey, wrestler.",
            "Hey Hitler.",
        ),
    ),
    Word(
        "okay_butler",
        (*said("Okay butler", "Okay, butler"), "OK Butler,"),
        (
            *NEAR_BUTLER,
            "Okay.",
            "Okay, but later.",
            "Okay, but let me see.",
            "Okay brother.",
            "Okay buddy.",
            "Okay, butter.",
            "Okay Cutler.",
            "Okay Google.",
            "Oh, a butler.",
            "Okay, bottle it.",
            "Okay Barbara.",
            "Okay, better.",
            "Okay, battle on.",
            "Okay doctor.",
            "Okay, what now?",
            "Tokyo butler.",
            "Okay, about that.",
        ),
    ),
    Word(
        "hello_butler",
        (*said("Hello butler", "Hello, butler"), "Hello Butler,"),
        (
            *NEAR_BUTLER,
            "Hello.",
            "Hello, but later.",
            "Hello brother.",
            "Hello buddy.",
            "Hello, butter.",
            "Hello Cutler.",
            "Yellow butter.",
            "Fellow butler.",
            "Mellow bottler.",
            "Hello Barbara.",
            "Hello, better late.",
            "Hello, battle on.",
            "Hello doctor.",
            "Hello, what now?",
            "Hello there.",
            "Hello, about that.",
        ),
    ),
)

# Talk of a household and of television; not one of these has a wake word in it.
TALK = (
    "Turn on the kitchen lights, please.",
    "Set a timer for eight minutes.",
    "What's the weather going to be like this afternoon?",
    "Add milk, butter and eggs to the shopping list.",
    "Could you close the blinds in the living room?",
    "I told you yesterday that the boiler needs a new valve.",
    "Who left the back door open again?",
    "The children are playing in the garden until dinner is ready.",
    "We should book the train to Edinburgh before Friday.",
    "He battled through the storm for almost three hours.",
    "She put the bottle of water next to the better one.",
    "Tonight, the prime minister answered questions about the budget.",
    "And that is why the little bear never went back to the river.",
    "Are you sure this is the right address, officer?",
    "You can't just walk in here and tell me what to do!",
    "Hey, did anybody feed the cat this morning?",
    "Hey, look at that, it's snowing outside.",
    "Okay, let's see what is in the fridge.",
    "Later in the programme we'll visit a farm in the hills.",
    "The score is two to one with five minutes left to play.",
    "Please hold the line, somebody will be with you shortly.",
    "My brother is coming over for dinner on Saturday evening.",
    "I never said that it was going to be easy.",
    "Oh no, I forgot to buy peanut butter.",
    "Where did you put the remote control for the television?",
    "It was a quiet morning and nothing moved on the lake.",
    "Mother, the doctor says you should rest a bit longer.",
    "What do you think about painting the hallway yellow?",
    "That would be about forty pounds altogether, madam.",
    "He hasn't called since he moved to another country.",
    "Hey, wait for me, I can't run that fast!",
    "Eight buckets later the cellar was dry at last.",
    "Play some quiet music in the bedroom.",
    "How much is a pound of butter in kilograms?",
    "They say better days are just around the corner.",
    "Don't forget to water the plants and lock the front door.",
)

GERMAN = (
    "Hallo, wie war dein Tag heute?",
    "Mach bitte das Licht in der Küche an.",
    "Hey, hast du die Butter schon gekauft?",
    "Der Butler bringt gleich den Tee.",
    "Heute Abend kommt meine Mutter zu Besuch.",
    "Hey Bruder, warte mal kurz.",
    "Das Wetter wird morgen wieder besser.",
    "Ich habe die Bettlaken noch nicht gewaschen.",
    "Kannst du später noch einkaufen gehen?",
    "Wir fahren nächste Woche in den Urlaub.",
    "Heb mal die Blätter auf.",
    "Er hat den ganzen Tag nur gebettelt.",
)

COMMANDS = (
    "what time is it?",
    "turn off the bedroom lights.",
    "set a timer for ten minutes.",
    "play some jazz in the kitchen.",
    "what's on my calendar tomorrow?",
    "is the front door locked?",
    "remind me to call my mother.",
    "how warm is it outside?",
)


def word(id: str) -> Word:
    for one in WORDS:
        if one.id == id:
            return one
    raise SystemExit(f"There is no word {id}; there are: {', '.join(w.id for w in WORDS)}.")
