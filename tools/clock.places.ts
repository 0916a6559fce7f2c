/** Where a spoken place is on the clock: cities and countries to IANA time zones. */
import { nearestName, plainName } from './core/sounds.ts';

export interface Place {
  zone: string;
  /** As it is said. */
  name: string;
  /** The city whose time was taken, where the place has several times now. */
  chosen?: string;
}

/** Cities and regions that no zone is named after, in English and German, by zone. */
const aliases = `
America/New_York: new york city|nyc|boston|washington|washington dc|philadelphia|miami|atlanta
America/New_York: orlando|tampa|baltimore|pittsburgh|cleveland|charlotte|florida|georgia usa
America/New_York: massachusetts|pennsylvania|virginia|north carolina|south carolina|ohio|michigan
America/New_York: new jersey|connecticut|maine|vermont|eastern time|ostküste
America/Chicago: houston|dallas|austin|san antonio|texas|new orleans|minneapolis|milwaukee
America/Chicago: st louis|memphis|nashville|kansas city|oklahoma|oklahoma city|illinois|wisconsin
America/Chicago: minnesota|iowa|missouri|louisiana|alabama|arkansas|central time
America/Denver: salt lake city|albuquerque|colorado|utah|new mexico|montana|wyoming|mountain time
America/Phoenix: arizona|tucson|scottsdale
America/Los_Angeles: la|san francisco|san diego|san jose|seattle|portland|las vegas|sacramento
America/Los_Angeles: silicon valley|california|kalifornien|oregon|washington state|nevada
America/Los_Angeles: hollywood|pacific time|westküste
America/Anchorage: alaska|fairbanks
Pacific/Honolulu: hawaii|maui|waikiki
America/Toronto: ottawa|montreal|quebec|quebec city|ontario
America/Edmonton: calgary|alberta|banff
America/Vancouver: british columbia|victoria bc
America/Halifax: nova scotia
America/Winnipeg: manitoba
America/St_Johns: newfoundland|neufundland
America/Mexico_City: guadalajara|mexiko stadt|puebla
America/Sao_Paulo: rio|rio de janeiro|brasilia|salvador de bahia|porto alegre
America/Bogota: medellin|cartagena|cali
America/Lima: cusco|machu picchu
America/La_Paz: sucre
America/Havana: havanna
America/Port_of_Spain: trinidad|tobago
Europe/London: england|scotland|wales|northern ireland|great britain|britain|uk|the uk|edinburgh
Europe/London: glasgow|manchester|birmingham|liverpool|bristol|leeds|cardiff|belfast|cambridge
Europe/London: oxford|schottland|großbritannien|nordirland|greenwich
Europe/Dublin: cork|galway|limerick
Europe/Paris: lyon|marseille|nice|bordeaux|toulouse|strasbourg|straßburg|lille|nantes|cannes|nizza
Europe/Berlin: munich|münchen|hamburg|cologne|köln|frankfurt|stuttgart|düsseldorf|leipzig|dresden
Europe/Berlin: hannover|hanover|nuremberg|nürnberg|bremen|bonn|bavaria|bayern
Europe/Vienna: wien|salzburg|graz|innsbruck|linz
Europe/Zurich: geneva|genf|basel|bern|lausanne|lugano|luzern|lucerne
Europe/Rome: rom|milan|mailand|venice|venedig|florence|florenz|naples|neapel|turin|bologna|palermo
Europe/Rome: sicily|sizilien|sardinia|sardinien|tuscany|toskana
Europe/Madrid: barcelona|valencia|seville|sevilla|malaga|bilbao|granada|majorca|mallorca|ibiza
Atlantic/Canary: canary islands|kanaren|kanarische inseln|tenerife|teneriffa|gran canaria
Atlantic/Canary: lanzarote
Europe/Lisbon: lissabon|porto|algarve|faro
Europe/Amsterdam: holland|rotterdam|the hague|den haag|utrecht|eindhoven
Europe/Brussels: brüssel|antwerp|antwerpen|bruges|brügge|ghent
Europe/Copenhagen: kopenhagen|aarhus
Europe/Stockholm: gothenburg|göteborg|malmö
Europe/Oslo: bergen|trondheim|tromsø|stavanger
Europe/Helsinki: tampere|turku|lapland|lappland
Europe/Warsaw: warschau|krakow|krakau|gdansk|danzig|wroclaw|breslau
Europe/Prague: prag|brno|czech republic
Europe/Athens: athen|crete|kreta|thessaloniki|santorini|corfu|korfu
Europe/Istanbul: ankara|izmir|antalya|turkey
Europe/Moscow: moskau|st petersburg
Europe/Kiev: kyiv|kiew|odessa|lviv
Europe/Bucharest: bukarest
Europe/Belgrade: belgrad
Europe/Budapest: hungary budapest
Asia/Tokyo: tokio|osaka|kyoto|yokohama|hiroshima|nagoya|sapporo|fukuoka|okinawa
Asia/Seoul: busan|south korea|korea|südkorea
Asia/Shanghai: beijing|peking|shenzhen|guangzhou|wuhan|chengdu|tianjin|nanjing
Asia/Hong_Kong: hongkong
Asia/Macau: macao
Asia/Taipei: kaohsiung
Asia/Kolkata: kolkata|delhi|new delhi|neu delhi|mumbai|bombay|bangalore|bengaluru|chennai
Asia/Kolkata: hyderabad|goa|pune|ahmedabad|jaipur|kalkutta
Asia/Kathmandu: kathmandu
Asia/Dubai: abu dhabi|emirates|uae|sharjah
Asia/Riyadh: mecca|mekka|medina|jeddah
Asia/Jerusalem: tel aviv|haifa|west bank
Asia/Ho_Chi_Minh: ho chi minh city|ho chi minh|hanoi|da nang
Asia/Yangon: yangon|burma
Asia/Bangkok: phuket|chiang mai|pattaya
Asia/Jakarta: java|bandung
Asia/Makassar: bali|lombok|denpasar
Asia/Singapore: singapur
Asia/Karachi: lahore|islamabad
Asia/Almaty: astana
Asia/Tbilisi: tiflis
Asia/Tehran: teheran
Asia/Baghdad: bagdad
Asia/Damascus: damaskus
Africa/Cairo: kairo|alexandria|luxor
Africa/Johannesburg: cape town|kapstadt|durban|pretoria
Africa/Lagos: abuja
Africa/Abidjan: ivory coast
Africa/Kinshasa: congo|kongo
Africa/Casablanca: marrakesh|marrakech|rabat|tangier
Africa/Nairobi: mombasa
Africa/Dar_es_Salaam: zanzibar|sansibar
Africa/Algiers: algier
Africa/Tripoli: tripolis
Australia/Sydney: canberra|new south wales
Australia/Brisbane: gold coast|cairns|queensland
Australia/Melbourne: victoria
Australia/Hobart: tasmania|tasmanien
Australia/Perth: western australia
Pacific/Auckland: wellington|christchurch|queenstown
Pacific/Tahiti: bora bora
Atlantic/Reykjavik: reykjavík
Asia/Kuala_Lumpur: penang
UTC: utc|gmt|universal time|weltzeit
`;

/** Whose time stands for a country that has several zones: its capital's or largest city's. */
const mainZones: Record<string, string> = {
  ...{ US: 'America/New_York', CA: 'America/Toronto', AU: 'Australia/Sydney' },
  ...{ BR: 'America/Sao_Paulo', RU: 'Europe/Moscow', MX: 'America/Mexico_City' },
  ...{ ID: 'Asia/Jakarta', CN: 'Asia/Shanghai', KZ: 'Asia/Almaty', MN: 'Asia/Ulaanbaatar' },
  ...{ CD: 'Africa/Kinshasa', CL: 'America/Santiago', ES: 'Europe/Madrid', PT: 'Europe/Lisbon' },
  ...{ EC: 'America/Guayaquil', NZ: 'Pacific/Auckland', AR: 'America/Argentina/Buenos_Aires' },
  ...{ GL: 'America/Godthab', DE: 'Europe/Berlin', MY: 'Asia/Kuala_Lumpur', UA: 'Europe/Kiev' },
  ...{ UZ: 'Asia/Tashkent', CY: 'Asia/Nicosia', PG: 'Pacific/Port_Moresby' },
  ...{ FM: 'Pacific/Ponape', KI: 'Pacific/Tarawa', PF: 'Pacific/Tahiti', PS: 'Asia/Gaza' },
};

/** Zones named after what nobody means when they say the word. */
const notPlaces = /^(Center|Troll|Wake|Oral|Beulah|New_Salem|Easter|Christmas|Knox|Resolute)$/;

interface Entry {
  name: string;
  zone?: string;
  region?: string;
}

const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

const lowerInside = new Set(['of', 'and', 'de', 'da', 'di', 'am', 'the']);

const titled = (name: string): string =>
  name
    .split(' ')
    .map((word, at) =>
      /^(usa?|uae|uk|utc|gmt|nyc|la|dc|bc)$/i.test(word)
        ? word.toUpperCase()
        : at > 0 && lowerInside.has(word)
          ? word
          : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');

const addTo = (book: Map<string, Entry>, entry: Entry): void => {
  const key = plainName(entry.name).replace(/\bsaint\b/g, 'st');
  if (key && !book.has(key)) book.set(key, entry);
};

/** Regions by the names that the platform has for them; a city of that name goes first. */
const addRegions = (book: Map<string, Entry>): void => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const language of ['en', 'de']) {
    for (const style of ['long', 'short'] as const) {
      const names = new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });
      for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
        // Codes of countries that are no more, and of what is no country.
        if (/^(DD|SU|ZR|YU|AN|CS|EU|EZ|UN|QO|XA|XB|ZZ|TP|BU|FX|YD|VD|NT|HV|RH|DY)$/.test(code))
          continue;
        const name = names.of(code);
        if (name) addTo(book, { name, region: code });
      }
    }
  }
  for (const name of ['America', 'USA', 'States', 'Amerika']) addTo(book, { name, region: 'US' });
};

let filled: Map<string, Entry> | undefined;

const book = (): Map<string, Entry> => {
  if (filled) return filled;
  const made = new Map<string, Entry>();
  for (const line of aliases.trim().split('\n')) {
    const [zone = '', names = ''] = line.split(': ');
    for (const name of names.split('|')) addTo(made, { name: titled(name), zone });
  }
  addRegions(made);
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const [, second = '', third] = zone.split('/');
    const city = third ?? second;
    if (!notPlaces.test(city) && second !== 'Indiana') addTo(made, { name: cityOf(zone), zone });
  }
  filled = made;
  return made;
};

const zonesOf = (region: string): string[] =>
  new Intl.Locale('und', { region }).getTimeZones() ?? [];

/** Offset from UTC in this zone at this moment, as text. */
const offsetAt = (zone: string, at: Date): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value ?? '';

const articled =
  /^(united|netherlands|philippines|bahamas|maldives|seychelles|czech republic|u\.?s)/i;

const placeOf = (entry: Entry, now: Date): Place | undefined => {
  if (entry.zone) return { zone: entry.zone, name: entry.name };
  const zones = zonesOf(entry.region ?? '');
  const zone = mainZones[entry.region ?? ''] ?? zones[0];
  if (!zone) return undefined;
  const name = articled.test(entry.name) ? `the ${entry.name}` : entry.name;
  // China's west has a zone of its own, but the country runs on one time.
  const several =
    entry.region !== 'CN' && new Set(zones.map((other) => offsetAt(other, now))).size > 1;
  return several ? { zone, name, chosen: cityOf(zone) } : { zone, name };
};

const exact = (key: string): Entry | undefined =>
  book().get(key.replace(/\bsaint\b/g, 'st')) ?? book().get(key.replace(/ (city|time)$/, ''));

/** "perth australia", "portland oregon": a place, then the larger one it lies in. */
const within = (key: string): Entry | undefined => {
  const words = key.split(' ');
  for (let cut = words.length - 1; cut > 0; cut--) {
    const [inner, outer] = [
      exact(words.slice(0, cut).join(' ')),
      exact(words.slice(cut).join(' ')),
    ];
    if (!inner?.zone || !outer) continue;
    const zones = outer.zone ? [outer.zone] : zonesOf(outer.region ?? '');
    if (zones.includes(inner.zone)) return inner;
  }
  return undefined;
};

const fuzzyFrom = 4;

/**
 * @param spoken the place as it was heard; nearly right is enough where only one place is near.
 * @returns undefined for a place nobody here knows.
 */
export const findPlace = (spoken: string, now: Date): Place | undefined => {
  const key = plainName(spoken)
    .replace(/^(the |der |die |das |den )?(city|stadt|state|country|land) (of )?/, '')
    .replace(/^(the|der|die|das|den) /, '');
  if (key === '' || key.length > 60) return undefined;
  const entry = exact(key) ?? within(key);
  if (entry) return placeOf(entry, now);
  if (key.length < fuzzyFrom) return undefined;
  const near = nearestName(key, book().values(), ({ name }) => name);
  return near && placeOf(near, now);
};
