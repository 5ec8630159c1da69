//! Whether a page that writes dates in numbers puts the day or the month first, which its dates show together.

/// The order of day and month on a page that writes dates in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOrder {
    DayFirst,
    MonthFirst,
}

impl DateOrder {
    /// What the dates of a page show together: some number above 12 that can be no month.
    pub(super) fn of<'a>(dates: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut order = None;
        for date in dates {
            let Some((_, [first, second, _])) = numbers(date) else {
                continue;
            };
            let shown = match (first > 12, second > 12) {
                (true, false) => Self::DayFirst,
                (false, true) => Self::MonthFirst,
                _ => continue,
            };
            if order.is_some_and(|order| order != shown) {
                return None;
            }
            order = Some(shown);
        }
        order
    }

    /// The date with its numbers in an order that is sure.
    pub(super) fn settle(self, date: &str) -> String {
        let Some((word, [first, second, year])) = numbers(date) else {
            return date.to_owned();
        };
        let (day, month) = match self {
            Self::DayFirst => (first, second),
            Self::MonthFirst => (second, first),
        };
        let year = if year < 100 { 2000 + year } else { year };
        date.replacen(word, &format!("{year:04}-{month:02}-{day:02}"), 1)
    }
}

/// The first word that is three numbers with `-` or `/` between them, the year last.
fn numbers(date: &str) -> Option<(&str, [u16; 3])> {
    let words = date.split(|c: char| c.is_whitespace() || c == ',');
    words.into_iter().find_map(|word| {
        let mut parts = word.split(['-', '/']).map(|part| part.parse().ok());
        let numbers = [parts.next()??, parts.next()??, parts.next()??];
        let is_date = parts.next().is_none() && numbers[0] < 32 && numbers[1] < 32;
        is_date.then_some((word, numbers))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_one_page_share_their_order() {
        let dates = ["03/04/2020, 10:04", "Yesterday, 09:00", "13/04/2020, 11:00"];
        let order = DateOrder::of(dates.into_iter());
        assert_eq!(order, Some(DateOrder::DayFirst));
        assert_eq!(DateOrder::DayFirst.settle(dates[0]), "2020-04-03, 10:04");
        assert_eq!(DateOrder::MonthFirst.settle("03-04-09"), "2009-03-04");
        assert_eq!(DateOrder::DayFirst.settle("Today"), "Today");
        assert_eq!(
            DateOrder::of(["03/04/2020", "04/13/2020", "13/04/2020"].into_iter()),
            None
        );
        assert_eq!(DateOrder::of(["03/04/2020"].into_iter()), None);
    }
}
