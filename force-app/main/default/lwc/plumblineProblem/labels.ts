import denied from '@salesforce/label/c.Plumbline_Screen_Problem_Denied';
import deniedNext from '@salesforce/label/c.Plumbline_Screen_Problem_DeniedNext';
import unknown from '@salesforce/label/c.Plumbline_Screen_Problem_Unknown';
import unknownNext from '@salesforce/label/c.Plumbline_Screen_Problem_UnknownNext';

/** The words of this component. */
export const labels = { denied, deniedNext, unknown, unknownNext };
