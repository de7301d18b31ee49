export { generateLeads, emailOf, type GeneratedLead } from './people.ts';
export { ingest, loadLeads } from './load.ts';
export { seededRandom } from '../random.ts';
