import loading from '@salesforce/label/c.Plumbline_Screen_Loading';
import tryAgain from '@salesforce/label/c.Plumbline_Screen_TryAgain';

/** The words of this component. */
export const labels = { loading, tryAgain };
