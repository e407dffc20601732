import { render } from "preact";
import { HistoryPage } from "./history/page.tsx";
import "./common.css";
import "./choices.css";
import "./figures-table.css";
import "./history/page.css";

const root = document.getElementById("page");
if (root !== null) render(<HistoryPage />, root);
