import ofExpected from '@salesforce/label/c.Plumbline_Screen_Progress_OfExpected';
import soFar from '@salesforce/label/c.Plumbline_Screen_Progress_SoFar';

/** The words of this component. */
export const labels = { ofExpected, soFar };
