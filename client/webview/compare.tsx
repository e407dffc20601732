import { render } from "preact";
import { ComparePage } from "./compare/page.tsx";
import "./common.css";
import "./choices.css";
import "./figures-table.css";
import "./compare/page.css";
import "./compare/reading.css";
import "./compare/files.css";

const root = document.getElementById("page");
if (root !== null) render(<ComparePage />, root);
