import noAnswer from '@salesforce/label/c.Plumbline_Screen_Command_NoAnswer';
import noAnswerNext from '@salesforce/label/c.Plumbline_Screen_Command_NoAnswerNext';
import noWorker from '@salesforce/label/c.Plumbline_Screen_NoWorker';
import noWorkerNext from '@salesforce/label/c.Plumbline_Screen_NoWorkerNext';
import notUnderstood from '@salesforce/label/c.Plumbline_Screen_Command_NotUnderstood';
import notUnderstoodNext from '@salesforce/label/c.Plumbline_Screen_Command_NotUnderstoodNext';

/** The words of this component. */
export const labels = { noAnswer, noAnswerNext, noWorker, noWorkerNext, notUnderstood, notUnderstoodNext };
