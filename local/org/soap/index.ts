export { answerPartner } from './partner.ts';
export type { PartnerWorld } from './partner.ts';
