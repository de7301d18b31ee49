import askedAt from '@salesforce/label/c.Plumbline_Screen_AskedAt';

/** The words of this component. */
export const labels = { askedAt };
