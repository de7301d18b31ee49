import open from '@salesforce/label/c.Plumbline_Screen_OpenInSystem';

/** The words of this component. */
export const labels = { open };
