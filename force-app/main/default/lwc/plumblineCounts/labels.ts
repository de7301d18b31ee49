import balances from '@salesforce/label/c.Plumbline_Screen_Counts_Balances';
import caption from '@salesforce/label/c.Plumbline_Screen_Counts_Caption';
import created from '@salesforce/label/c.Plumbline_Screen_Created';
import doesNotBalance from '@salesforce/label/c.Plumbline_Screen_Counts_DoesNotBalance';
import failed from '@salesforce/label/c.Plumbline_Screen_Failed';
import held from '@salesforce/label/c.Plumbline_Screen_Held';
import read from '@salesforce/label/c.Plumbline_Screen_Read';
import skipped from '@salesforce/label/c.Plumbline_Screen_Skipped';
import unchanged from '@salesforce/label/c.Plumbline_Screen_Unchanged';
import updated from '@salesforce/label/c.Plumbline_Screen_Updated';

/** The words of this component. */
export const labels = { balances, caption, created, doesNotBalance, failed, held, read, skipped, unchanged, updated };
