import { render } from "preact";
import { HistoryPage } from "./history/page.tsx";
import "./choices.css";
import "./common.css";
import "./history/page.css";

const root = document.getElementById("page");
if (root !== null) render(<HistoryPage />, root);
