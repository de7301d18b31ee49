import created from '@salesforce/label/c.Plumbline_Screen_Created';
import failed from '@salesforce/label/c.Plumbline_Screen_Failed';
import held from '@salesforce/label/c.Plumbline_Screen_Held';
import nextStep from '@salesforce/label/c.Plumbline_Screen_NextStep';
import skipped from '@salesforce/label/c.Plumbline_Screen_Skipped';
import unchanged from '@salesforce/label/c.Plumbline_Screen_Unchanged';
import updated from '@salesforce/label/c.Plumbline_Screen_Updated';

/** The words of this component. */
export const labels = { created, failed, held, nextStep, skipped, unchanged, updated };
