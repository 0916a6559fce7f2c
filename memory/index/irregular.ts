/** English words whose forms no stemmer brings together: "bought" is searched as "buy". */

/** Base form first. Forms that are words of their own ("saw", "left", "found") stay out. */
const forms = `become became
begin began begun
bite bit bitten
blow blew blown
break broke broken
bring brought
build built
buy bought
catch caught
choose chose chosen
come came
deal dealt
dig dug
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
fly flew flown
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got gotten
give gave given
go went gone goes gonna
grow grew grown
hear heard
hide hid hidden
hold held
keep kept
know knew known
lead led
learn learnt
lend lent
lose lost
make made
mean meant
meet met
pay paid
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
sell sold
send sent
shake shook shaken
shoot shot
sing sang sung
sit sat
sleep slept
speak spoke spoken
spend spent
stand stood
steal stole stolen
stick stuck
swim swam swum
take took taken
teach taught
tell told
think thought
throw threw thrown
understand understood
wake woke woken
wear wore worn
win won
write wrote written
child children
man men
woman women
person people
wife wives
knife knives
shelf shelves
foot feet
tooth teeth
mouse mice`;

export const baseForms: ReadonlyMap<string, string> = new Map(
  forms.split('\n').flatMap((line) => {
    const [base = '', ...others] = line.split(' ');
    return others.map((form): [string, string] => [form, base]);
  }),
);
