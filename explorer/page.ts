/** The page as it is served; what it shares with its workers is loaded by both. */
import { showPage } from './page/main.tsx'

void showPage()
