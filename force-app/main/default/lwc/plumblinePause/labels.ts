import notChanged from '@salesforce/label/c.Plumbline_Screen_Pause_NotChanged';
import nowPaused from '@salesforce/label/c.Plumbline_Screen_Pause_NowPaused';
import nowRunning from '@salesforce/label/c.Plumbline_Screen_Pause_NowRunning';
import pauseOne from '@salesforce/label/c.Plumbline_Screen_Pause_PauseOne';
import paused from '@salesforce/label/c.Plumbline_Screen_Paused';
import resumeOne from '@salesforce/label/c.Plumbline_Screen_Pause_ResumeOne';

/** The words of this component. */
export const labels = { notChanged, nowPaused, nowRunning, pauseOne, paused, resumeOne };
