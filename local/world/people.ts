import { seededRandom } from '../random.ts';

/** A lead as REST and Bulk take it; a missing email is an absent property. */
export interface GeneratedLead {
  readonly FirstName: string;
  readonly LastName: string;
  readonly Company: string;
  readonly Email?: string;
  readonly Title: string;
  readonly Status: string;
  readonly LeadSource: string;
  readonly City: string;
  readonly Country: string;
}

const firstNames = [
  'Serena',
  'Ermin',
  'José',
  'Zoë',
  'Łukasz',
  'María',
  'Noor',
  'Olu',
  'Chloé',
  'Bjørn',
  'Ada',
  'Grace',
  'Anne-Marie',
  'D’Arcy',
];
const lastNames = [
  'Patterfield',
  'Skitral',
  "O'Brien",
  'van der Berg',
  'Núñez',
  'Smith',
  'García',
  'Åkesson',
  'Li',
  'Ng',
  'Müller',
  'Okafor',
];
/** What breaks careless CSV, JSON and screens. */
const awkwardNames = [
  '李小龍',
  'نور الهدى',
  'יעל כהן',
  'Robert "Bob"',
  'Smith, Jr.',
  'Line\nBreak',
  '🚀 Rocket',
  'Ça\tva',
  '=cmd()',
  "'; DROP",
];
const companies = [
  'Hettinger and Sons',
  'Skitral Household',
  'Farscape Inc.',
  'Chen & Semerci Holdings',
  '"Quoted", Ltd.',
  'Ünal A.Ş.',
  'شركة النور',
];
const titles = ['VP New Markets', 'Engineer', 'Buyer, EMEA', 'Head of "Ops"', 'Intern'];
const statuses = ['Open - Not Contacted', 'Working - Contacted', 'Closed - Not Converted'];
const sources = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
const cities = ['San Diego', 'New Castle', 'München', 'São Paulo', 'القاهرة', '東京'];
const countries = ['US', 'DE', 'BR', 'EG', 'JP'];

/**
 * `count` leads, the same ones for the same seed. Of each hundred, one has no email and one shares its email: half of
 * those share a single address, the others that of a lead far before them. One in twenty has a name with quotes,
 * commas, line breaks, emoji or right-to-left letters.
 */
export function* generateLeads(count: number, seed = 1): Generator<GeneratedLead> {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  for (let index = 0; index < count; index += 1) {
    const email = emailOf(index);
    yield {
      FirstName: pick(firstNames),
      LastName: `${random() < 0.05 ? pick(awkwardNames) : pick(lastNames)} ${index}`,
      Company: pick(companies),
      ...(email === undefined ? {} : { Email: email }),
      Title: pick(titles),
      Status: pick(statuses),
      LeadSource: pick(sources),
      City: pick(cities),
      Country: pick(countries),
    };
  }
}

/** The email of the lead with this index, absent for one in a hundred. */
export function emailOf(index: number): string | undefined {
  const place = index % 100;
  if (place === 50) return undefined;
  if (place === 51)
    return (index - 51) % 200 === 0 ? 'shared.inbox@example.com' : `lead.${Math.floor(index / 200) * 100}@example.com`;
  return `lead.${index}@example.com`;
}
