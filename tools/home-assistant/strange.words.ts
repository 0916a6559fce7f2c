/** Words that name things in a home and order nobody about; English and German. Pure data. */

import { plainName } from '../core/sounds.ts';

const set = (text: string): ReadonlySet<string> => new Set(plainName(text).split(' '));

/** Nouns, places, positions, colours, measures, makers; no verb that is not in `doubtful`. */
export const plainWords = set(`
  the a an of in on at by for and my our left right top bottom front back rear upper lower middle
  main side inner outer small big large tall old new north south east west near far first second
  third one two three four five six seven eight nine ten
  kitchen living dining bath bathroom bedroom room rooms guest guests kids kid child children baby
  nursery office study hall hallway corridor entrance entry porch patio terrace balcony garden yard
  lawn pool sauna garage carport driveway gate basement cellar attic loft laundry utility storage
  pantry closet wardrobe landing stairs staircase floor floors ground upstairs downstairs house
  home
  outside outdoor inside indoor roof shed barn workshop library gym toilet restroom shower cabin
  light lights lamp lamps bulb spot spots spotlight spotlights strip strips led ceiling pendant
  chandelier sconce floodlight nightlight bed bedside bench chair couch sofa sink island
  mirror shelf bookshelf tree counter worktop cupboard table desk wall corner rope rgb rgbw rgbww
  kinderzimmer
  switch switches socket sockets plug plugs outlet outlets button buttons remote dimmer relay
  door doors window windows blind blinds shade shades shutter shutters curtain curtains cover
  covers
  awning skylight lock locks latch deadbolt doorbell bell chime mailbox letterbox opening
  fan fans ventilator ventilation heater heaters heating heat pump pumps boiler radiator radiators
  thermostat thermostats climate air conditioner conditioning ac hvac humidifier dehumidifier
  purifier
  fireplace stove oven hob cooktop fridge freezer refrigerator dishwasher washer washing dryer
  machine
  kettle coffee maker toaster microwave vacuum mower robot sprinkler irrigation valve water
  tv television screen projector receiver soundbar speaker speakers player radio stereo amplifier
  media chromecast console camera cameras webcam intercom printer scanner router server nas
  computer
  laptop tablet phone watch car charger battery batteries inverter solar grid meter hub bridge
  gateway
  sensor sensors motion presence occupancy contact smoke leak flood moisture humidity temperature
  pressure illuminance brightness level power energy voltage current gas carbon monoxide dioxide
  co2 voc pm25 particulate quality noise vibration tilt rain wind weather forecast sun moon sunrise
  sunset outdoor temperature total daily today yesterday weekly monthly cost tariff consumption
  production export import signal strength wifi state status mode target setpoint actual average
  alarm alarms siren scene scenes script scripts automation automations group zone area person
  list shopping grocery groceries todo to do tasks task packing notes calendar birthdays holidays
  morning evening night day bedtime movie film party dinner breakfast reading relax away vacation
  holiday winter summer spring autumn christmas decorative decoration sensitivity firmware version
  red green blue white warm cold black grey gray yellow orange purple pink silver gold glass wood
  dog cat pet plant plants flower flowers bin waste
  hue philips ikea tradfri aqara xiaomi shelly sonos tasmota tuya nest bosch siemens miele lg
  samsung
  sony bose denon yamaha apple google amazon echo alexa homepod roomba roborock dyson tado netatmo
  fritz fritzbox homematic eve nanoleaf lifx wled zigbee zwave matter thread esphome ecobee
  honeywell
  daikin viessmann vaillant ring reolink unifi tesla wallbox fronius

  der die das den dem des ein eine und im am vom zum zur mein meine unser unsere links rechts oben
  unten vorne hinten mitte klein groß alt neu eins zwei drei vier fünf sechs sieben acht neun zehn
  küche küchen wohnzimmer esszimmer bad badezimmer schlafzimmer zimmer gast gäste gästezimmer kind
  büro arbeitszimmer flur diele eingang terrasse balkon garten hof rasen schwimmbad einfahrt
  keller dachboden speicher waschküche abstellraum vorrat schrank treppe treppenhaus erdgeschoss
  obergeschoss stock etage haus zuhause draußen drinnen dach schuppen werkstatt klo wc dusche
  licht lichter lampe lampen deckenlampe stehlampe nachttischlampe leselampe leuchte leuchten
  küchenlicht flurlicht gartenlicht badlicht wandleuchte lichterkette strahler decke bett sofa
  tisch
  schreibtisch wand ecke spiegel regal schalter steckdose steckdosen taster fernbedienung tür türen
  haustür terrassentür balkontür kellertür garagentor tor fenster rollo rollos rollladen rollläden
  jalousie vorhang vorhänge markise schloss klingel türklingel briefkasten lüfter lüftung heizung
  heizkörper wärmepumpe kessel klima klimaanlage luftbefeuchter kamin ofen herd kühlschrank
  gefrierschrank geschirrspüler spülmaschine waschmaschine trockner wasserkocher kaffeemaschine
  staubsauger mäher mähroboter bewässerung ventil wasser fernseher bildschirm beamer lautsprecher
  radio kamera drucker rechner handy auto ladegerät akku zähler sensor sensoren bewegung
  anwesenheit
  rauch rauchmelder feuchte luftfeuchtigkeit temperatur druck helligkeit strom energie leistung
  spannung gas luft qualität regen wind wetter sonne mond heute gestern verbrauch erzeugung kosten
  alarm sirene szene skript gruppe liste einkaufsliste einkauf aufgaben packliste kalender morgen
  abend nacht tag urlaub film weihnachten rot grün blau weiß schwarz gelb hund katze pflanze müll
`);

/** Things whose name is also an order: "lock" before another word might be one. */
export const doubtful = set(`
  light lock switch fan heat cover blind shade shutter latch plug button pump heating ring echo
  chime alarm group zone list state status level target cool open close play press bridge signal
  charger reading relax list script import export
`);

/** What states are called, besides numbers and times. */
export const plainStates: ReadonlySet<string> = new Set(
  `
  on off open opened opening closed closing locked unlocked locking unlocking jammed home away
  not_home
  idle playing paused standby buffering unknown unavailable none heat cool heat_cool auto dry
  fan_only
  docked cleaning returning error armed_away armed_home armed_night disarmed arming pending
  triggered
  low medium high true false yes no eco comfort boost sleep normal above_horizon below_horizon
  sunny cloudy rainy clear clear-night fog hail lightning pouring snowy windy partlycloudy
  exceptional
  needs_action completed detected wet moist problem running ok charging full
`
    .split(/\s+/)
    .filter(Boolean),
);
