"""The lesson: chapters in Markdown, made into pages that also work without JavaScript.

mistakes -> chapter -> syntax -> formulas, listings, running, figures, quizzes ->
render -> page
"""

from unspiral.lesson.chapter import Chapter, chapters
from unspiral.lesson.mistakes import ChapterError
from unspiral.lesson.page import contents_page, page
from unspiral.lesson.render import render

__all__ = ["Chapter", "ChapterError", "chapters", "contents_page", "page", "render"]
